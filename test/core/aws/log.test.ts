import { AppError } from '#contract/errors.ts';
import { powertoolsLog } from '#core/aws/log.ts';
import type { LogFields } from '#core/ports/log.ts';

/** What is written to the standard streams while a function runs. */
function written(run: () => void): string {
  const lines: string[] = [];
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    }),
  );
  try {
    run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.join('');
}

test('a line is JSON with a level, a message and the fields', () => {
  const fields = { requestId: 'r', route: 'whoAmI', status: 200, elapsedMs: 3, user: 'aws:1:A', code: 'X' };
  const line = JSON.parse(written(() => powertoolsLog().info('request', fields)));
  expect(line).toMatchObject({ level: 'INFO', message: 'request', service: 'lodge', lodge: fields });
});

test('no field outside the list passes, wherever it stands', () => {
  const names = [
    'message',
    'body',
    'headers',
    'cookie',
    'authorization',
    'password',
    'statement',
    'error',
    '__proto__',
  ];
  const secret = 'wJalr-hunter2';
  const strange = Object.fromEntries(names.map((name) => [name, { [name]: secret }]));
  const user = { id: 'aws:1:A', name: 'ada', arn: 'arn', kind: 'user' };
  const entry = { id: '1', at: '', kind: 'statement', outcome: 'begun', requestId: 'r', address: '', ...strange, user };
  const { statement: _, ...kept } = entry as Record<string, unknown>;
  const line = written(() =>
    powertoolsLog().error('request', {
      ...strange,
      requestId: 'r',
      audit: kept,
      cause: strange,
    } as unknown as LogFields),
  );
  expect(line).not.toContain(secret);
  const { lodge } = JSON.parse(line);
  expect(Object.keys(lodge).sort()).toEqual(['audit', 'requestId']);
  expect(Object.keys(lodge.audit).sort()).toEqual(['address', 'at', 'id', 'kind', 'outcome', 'requestId', 'user']);
});

test('an error has its own level', () => {
  expect(JSON.parse(written(() => powertoolsLog().error('request')))).toMatchObject({ level: 'ERROR', lodge: {} });
});

test('a field that is not allowed is left out', () => {
  const fields = { requestId: 'r', secretAccessKey: 'wJalr', body: { password: 'hunter2' } } as LogFields;
  const line = written(() => powertoolsLog().info('request', fields));
  expect(line).not.toMatch(/wJalr|hunter2|password|secretAccessKey/);
});

test('a cause is told by name, code and stack, never by its message', () => {
  const root = Object.assign(new Error('secret\nwith two lines: wJalr'), { code: 'ECONNREFUSED' });
  const error = new AppError('AWS_UNAVAILABLE', { message: 'hunter2', cause: root });
  const line = written(() => powertoolsLog().error('request', { cause: error }));
  expect(line).not.toMatch(/wJalr|hunter2|two lines/);
  const { cause } = JSON.parse(line).lodge;
  expect(cause).toMatchObject({
    name: 'AppError',
    code: 'AWS_UNAVAILABLE',
    cause: { name: 'Error', code: 'ECONNREFUSED' },
  });
  expect(cause.stack[0]).toMatch(/^\s+at .*log\.test\.ts/);
});

test('a message whose lines look like a stack is not told either', () => {
  const error = new Error('first\n    at hunter2 (file.ts:1:2)\n    at wJalr:3:4');
  const line = written(() => powertoolsLog().error('request', { cause: error }));
  expect(line).not.toMatch(/hunter2|wJalr/);
  expect(JSON.parse(line).lodge.cause.stack.length).toBeGreaterThan(0);
  // An error whose message was changed after its stack was made keeps only what ends like a place in a file.
  error.message = 'another';
  expect(written(() => powertoolsLog().error('request', { cause: error }))).not.toContain('first');
});

test('a code that is no code is not told', () => {
  const error = Object.assign(new Error('x'), { code: 'my password is hunter2' });
  expect(written(() => powertoolsLog().error('request', { cause: error }))).not.toContain('hunter2');
});

test('causes that go in circles end', () => {
  const one = new Error('one');
  one.cause = new Error('two', { cause: one });
  expect(JSON.parse(written(() => powertoolsLog().error('request', { cause: one }))).lodge.cause.name).toBe('Error');
});

test('what is no error is not told', () => {
  expect(written(() => powertoolsLog().error('request', { cause: 'hunter2' }))).not.toContain('hunter2');
});
