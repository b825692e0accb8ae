import { setImmediate as turn } from 'node:timers/promises';
import type { ConnectorRecord, Operation, Work } from '#contract/connector.ts';
import { AppError } from '#contract/errors.ts';
import { answer } from '#core/connectors/answer.ts';
import { chooseConnector } from '#core/connectors/choose.ts';
import type { Connector, ConnectorEvent } from '#core/connectors/connector.ts';
import { remote } from '#core/connectors/remote.ts';
import { packByZstd } from '#core/http/compress.ts';
import type { LogFields } from '#core/ports/log.ts';

const operation: Operation = {
  engine: 'postgres',
  target: { host: 'shop.test', port: 5432, database: 'shop' },
  login: { user: 'app', password: 'only in this test' },
  readOnly: true,
  work: { do: 'run', script: 'select 1', maxRows: 1, timeoutSeconds: 1 },
};
const signal = new AbortController().signal;
const bytes = (...records: (ConnectorRecord | string)[]) =>
  packByZstd(
    (async function* () {
      for (const record of records) yield typeof record === 'string' ? record : `${JSON.stringify(record)}\n`;
    })(),
  );
const endless = async function* (): AsyncGenerator<Uint8Array> {
  yield* bytes({ type: 'heartbeat' }).iterator({ destroyOnReturn: false });
  await new Promise(() => undefined);
};

/** A connector whose function answers with these bytes; `asked` holds what it was handed. */
function answering(answerOf: (work: Work) => AsyncIterable<Uint8Array>, silenceMs?: number) {
  const asked: Operation[] = [];
  const connector = remote({
    network: 'data',
    call: async (given) => {
      asked.push(given);
      return answerOf(given.work);
    },
    ...(silenceMs && { silenceMs }),
  });
  const all = async (): Promise<ConnectorEvent[]> => Array.fromAsync(connector.perform(operation, signal));
  return { connector, asked, all };
}

describe('a connector elsewhere', () => {
  test('passes over heartbeats, and ends with its end', async () => {
    const about = { version: '18', user: 'app', database: 'shop' };
    const { all } = answering(() =>
      bytes({ type: 'heartbeat' }, { type: 'opened', about }, { type: 'heartbeat' }, { type: 'end', elapsedMs: 1 }),
    );
    expect(await all()).toEqual([{ type: 'opened', about }]);
  });

  test('says what the database said, with its details and without a request id', async () => {
    const error = { code: 'LOGIN_FAILED', message: 'No.', requestId: '', details: { step: 'login' as const } };
    const { all } = answering(() => bytes({ type: 'error', error }));
    await expect(all()).rejects.toMatchObject({ code: 'LOGIN_FAILED', message: 'No.', details: { step: 'login' } });
  });

  test.each([
    ['fails itself', () => bytes({ type: 'failed', reason: 'fault' }), /its log says more/],
    ['does not understand', () => bytes({ type: 'failed', reason: 'operation' }), /different builds/],
    ['answers in a way that is not understood', () => bytes('{"type":"unheard of"}\n'), /different builds/],
    ['is cut off between two lines', () => bytes({ type: 'heartbeat' }), /cut off/],
    ['is cut off in a line', () => bytes({ type: 'heartbeat' }, '{"type":"en'), /cut off/],
    [
      'sends what is not packed',
      async function* () {
        yield new TextEncoder().encode('{"type":"end"}\n');
      },
      /cut off/,
    ],
  ])('is told from the database where it %s', async (_, answers, message) => {
    await expect(answering(answers as () => AsyncIterable<Uint8Array>).all()).rejects.toMatchObject({
      code: 'CONNECTOR_FAILED',
      status: 502,
      message: expect.stringMatching(message),
    });
  });

  test('is given up when it falls silent', async () => {
    await expect(answering(endless, 20).all()).rejects.toMatchObject({ message: expect.stringContaining('silent') });
  });

  test('is told to stop what runs when its reader leaves, by the handle that it gave', async () => {
    const { connector, asked } = answering((work) =>
      work.do === 'cancel'
        ? bytes({ type: 'answer', value: true }, { type: 'end', elapsedMs: 1 })
        : bytes({ type: 'started', handle: 'h-1', statements: 1 }, { type: 'statement', statement: 0, from: 0, to: 8 }),
    );
    for await (const _ of connector.perform(operation, signal)) break;
    expect(asked.map(({ work }) => work)).toEqual([operation.work, { do: 'cancel', handle: 'h-1' }]);
    expect(asked[1]).toMatchObject({ target: operation.target, login: operation.login, readOnly: true });
  });

  test('is not asked to stop what has ended', async () => {
    const { all, asked } = answering(() =>
      bytes({ type: 'started', handle: 'h-1', statements: 1 }, { type: 'end', elapsedMs: 1 }),
    );
    await all();
    expect(asked).toHaveLength(1);
  });

  test('is handed the authorities that are configured, unless an operation has its own', async () => {
    const handed: (string | undefined)[] = [];
    const connector = remote({
      network: 'data',
      authorities: () => 'configured',
      call: async ({ target: { ca } }) => {
        handed.push(ca);
        return bytes({ type: 'end', elapsedMs: 1 });
      },
    });
    await Array.fromAsync(connector.perform(operation, signal));
    const own = { ...operation, target: { ...operation.target, ca: 'its own' } };
    await Array.fromAsync(connector.perform(own, signal));
    expect(handed).toEqual(['configured', 'its own']);
  });
});

describe('which connector is taken', () => {
  const here: Connector = { perform: () => bytes() as never };
  const called: string[] = [];
  const choose = chooseConnector({
    here,
    networks: [{ name: 'data', vpcId: 'vpc-1', subnetIds: [], connector: 'data-function' }],
    call: (network, name) => {
      called.push(`${network} ${name}`);
      return async () => bytes();
    },
    authorities: undefined,
  });

  test('this process where no network is named, and one for each network', () => {
    expect(choose(undefined)).toBe(here);
    expect(choose('data')).toBe(choose('data'));
    expect(called).toEqual(['data data-function']);
  });

  test('none of a network that is not there any more', () => {
    expect(() => choose('gone')).toThrow(expect.objectContaining({ code: 'CONNECTION_INVALID' }));
  });
});

describe('the inside of a connector', () => {
  const linesFrom = async (event: unknown, perform: Connector['perform'], heartbeatMs?: number) => {
    const logged: (LogFields | undefined)[] = [];
    const note = (_message: string, fields?: LogFields) => void logged.push(fields);
    const around = { connector: { perform }, log: { info: note, error: note }, requestId: 'lambda-1', signal };
    const connector = remote({
      network: 'data',
      call: async () => answer(event, { ...around, ...(heartbeatMs && { heartbeatMs }) }),
    });
    const ended = await Array.fromAsync(connector.perform(operation, signal)).catch((error: unknown) => error);
    await turn();
    return { ended, logged };
  };

  test('performs an operation, and logs that it did and no word of it', async () => {
    const { ended, logged } = await linesFrom(operation, async function* () {
      yield { type: 'answer', value: 'secret' };
    });
    expect(ended).toEqual([{ type: 'answer', value: 'secret' }]);
    expect(logged).toEqual([{ requestId: 'lambda-1' }]);
  });

  test('takes nothing that is no operation', async () => {
    const { ended, logged } = await linesFrom({ ...operation, engine: 'unheard-of' }, () => {
      throw new Error('It was performed.');
    });
    expect(ended).toMatchObject({ code: 'CONNECTOR_FAILED', message: expect.stringContaining('builds') });
    expect(logged).toEqual([{ requestId: 'lambda-1', code: 'INPUT_INVALID' }]);
  });

  test('tells what the database refused from what is its own fault', async () => {
    const failing = (error: Error) =>
      linesFrom(operation, async function* () {
        yield* [];
        throw error;
      });
    const refusal = await failing(new AppError('STATEMENT_FAILED', { message: 'No such table.' }));
    expect(refusal.ended).toMatchObject({ code: 'STATEMENT_FAILED', message: 'No such table.' });
    const fault = await failing(new TypeError('of this test'));
    expect(fault.ended).toMatchObject({
      code: 'CONNECTOR_FAILED',
      message: expect.not.stringContaining('of this test'),
    });
    expect(fault.logged).toEqual([{ requestId: 'lambda-1', code: 'INTERNAL', cause: expect.any(TypeError) }]);
  });
});
