/** Measurements that take a process of their own: a script gets its task by message and answers once. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ENV } from '#core/env.ts';

/** Runs `children/<name>.ts` with a task that JSON can hold. Rejects where the script fails. */
export function inChild<Result>(name: string, task: unknown): Promise<Result> {
  const child = fork(join(import.meta.dirname, 'children', `${name}.ts`), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // The databases of benchmarks listen on this machine.
    env: { ...process.env, [ENV.allowLoopback]: 'true' },
  });
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as Result));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} and said nothing.`)));
    child.send(task as object);
  });
}

/** The child's side: does the task, answers, and ends. */
export function answerOnce<Task>(work: (task: Task) => Promise<unknown>): void {
  process.once('message', async (task) => {
    const result = await work(task as Task);
    process.send?.(result, () => process.exit(0));
  });
}
