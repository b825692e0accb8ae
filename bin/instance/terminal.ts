import { createInterface } from 'node:readline/promises';

/** Where a command speaks, and asks. */
export interface Terminal {
  print(line: string): void;
  /** What went wrong. */
  complain(line: string): void;
  /** Left out where nobody is there to answer. */
  ask?(question: string): Promise<string>;
}

/** The one that this process was started from. */
export const terminal = (): Terminal => ({
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  ...(process.stdin.isTTY && {
    async ask(question: string) {
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
  }),
});
