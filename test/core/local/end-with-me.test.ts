import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const source = join(import.meta.dirname, '../../../lambdas/core/local/end-with-me.ts');

/** A process that starts another one, says its pid, and waits; with more to do after that, where it is given. */
const parent = (more = '') => {
  const script = `
    import { spawn } from 'node:child_process';
    import { endWithMe } from ${JSON.stringify(source)};
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true });
    const release = endWithMe(child.pid, 'TERM');
    console.log(child.pid);
    ${more}
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const linesOf = (child: ReturnType<typeof parent>) => createInterface(child.stdout)[Symbol.asyncIterator]();
const firstLine = async (child: ReturnType<typeof parent>) => Number((await linesOf(child).next()).value);

test('a process ends when the one that started it is killed', async () => {
  const child = parent();
  const pid = await firstLine(child);
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAlive(pid)).toBe(false);
});

test('a process that was released is left alone', async () => {
  const child = parent('release(); console.log("released");');
  const lines = linesOf(child);
  const pid = Number((await lines.next()).value);
  expect((await lines.next()).value).toBe('released');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isAlive(pid)).toBe(true);
  process.kill(pid, 'SIGKILL');
});

test('watching does not keep the one that started it from ending', async () => {
  const script = `import { endWithMe } from ${JSON.stringify(source)}; endWithMe(2147483646, 'TERM');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  expect((await once(child, 'exit'))[0]).toBe(0);
});
