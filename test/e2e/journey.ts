/** Scenarios that follow each other on one page: each begins where the one before has left it. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Visit } from './browser.ts';

type Scenario = (sentence: string, act: () => Promise<void>, ms?: number) => void;

/**
 * Returns what stands for `it`. Where a scenario fails it leaves a picture of the page, and those after it fail at once:
 * they cannot begin. Each fails as well where the page complained of anything meanwhile.
 */
export function journey(visit: () => Visit): Scenario {
  let broken = false;
  return (sentence, act, ms) =>
    it(
      sentence,
      async () => {
        if (broken) throw new Error('A scenario before this one failed.');
        broken = true;
        await act().catch(async (error: unknown) => {
          throw new Error(`${(error as Error).message}\nThe page: ${await picture(visit(), sentence)}`, {
            cause: error,
          });
        });
        expect(visit().faults()).toEqual([]);
        broken = false;
      },
      ms,
    );
}

async function picture({ page }: Visit, sentence: string): Promise<string> {
  const path = join(tmpdir(), `lodge-${sentence.replaceAll(/\W+/g, '-').slice(0, 60)}.png`);
  await page.screenshot({ path }).catch(() => undefined);
  return path;
}
