import dns, { type LookupAddress } from 'node:dns';
import dnsPromises from 'node:dns/promises';
import { once } from 'node:events';
import net, { type AddressInfo, type Server } from 'node:net';
import { ENGINES, type EngineName } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import { inProcess } from '#core/connectors/in-process.ts';
import { dial, refusalIn, refusalOf } from '#core/engines/dial/dial.ts';
import type { Engine } from '#core/engines/engine.ts';
import { READY_ENGINES } from '#core/engines/engines.ts';
import { requestCancel } from '#core/engines/pg-wire/cancel-request.ts';

const METADATA = '169.254.169.254';
const refused = { code: 'ADDRESS_REFUSED', status: 403, details: { step: 'name' } };

/** A resolver that gives these answers, one after the other; the last one stays. Counts how often it is asked. */
function answering(...answers: (readonly string[])[]) {
  const seen = { asked: 0 };
  const next = (): LookupAddress[] => {
    const addresses = answers[Math.min(seen.asked, answers.length - 1)] ?? [];
    seen.asked += 1;
    return addresses.map((address) => ({ address, family: net.isIP(address) }));
  };
  jest.spyOn(dns, 'lookup').mockImplementation(((
    _host: string,
    options: { all?: boolean },
    done: (...found: unknown[]) => void,
  ) => {
    const found = next();
    if (options.all) done(null, found);
    else done(null, found[0]?.address, found[0]?.family);
  }) as never);
  jest.spyOn(dnsPromises, 'lookup').mockImplementation((async () => next()) as never);
  return seen;
}

/** Something that listens, and how many have come. */
let door: Server;
let port: number;
let came = 0;
beforeAll(async () => {
  door = net.createServer((socket) => {
    came += 1;
    socket.destroy();
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  ({ port } = door.address() as AddressInfo);
});
afterAll(() => new Promise((resolve) => door.close(resolve)));
beforeEach(() => {
  came = 0;
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env.LODGE_ALLOW_LOOPBACK = 'true';
});

const failure = async (host: string): Promise<unknown> => {
  const socket = dial({ host, port });
  try {
    await once(socket, 'connect');
    return 'connected';
  } catch (error) {
    return error;
  } finally {
    socket.destroy();
  }
};

describe('dialling', () => {
  it('a name that leads to the metadata of an instance is refused before a packet is sent', async () => {
    answering([METADATA]);
    const connect = jest.spyOn(net.Socket.prototype, 'connect');
    const error = await failure('shop.test');
    expect(error).toMatchObject({ ...refused, message: expect.stringContaining('where shop.test leads') });
    expect(connect).toHaveBeenCalledTimes(1);
  });

  it('one bad address among good ones is enough', async () => {
    answering(['127.0.0.1', METADATA]);
    expect(await failure('shop.test')).toMatchObject(refused);
    expect(came).toBe(0);
  });

  it('a name that changes its answer is asked once: what was looked at is what is dialled', async () => {
    const seen = answering(['127.0.0.1'], [METADATA]);
    expect(await failure('shop.test')).toBe('connected');
    expect(seen.asked).toBe(1);
    expect(await failure('shop.test')).toMatchObject(refused);
    expect(seen.asked).toBe(2);
  });

  it.each([METADATA, '::ffff:169.254.169.254', '0.0.0.0', 'fe80::1', '64:ff9b::a9fe:a9fe'])(
    'the address %s is refused, and nothing is looked up',
    async (host) => {
      const seen = answering([]);
      expect(await failure(host)).toMatchObject(refused);
      expect(seen.asked).toBe(0);
    },
  );

  it.each(['2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.43518'])(
    '%s, which the system reads as an address, is refused as that',
    async (host) => {
      expect(await failure(host)).toMatchObject(refused);
    },
  );

  it('this machine is refused unless the environment says that it is the local mode', async () => {
    expect(await failure('127.0.0.1')).toBe('connected');
    for (const said of [undefined, '', 'false', '1']) {
      if (said === undefined) delete process.env.LODGE_ALLOW_LOOPBACK;
      else process.env.LODGE_ALLOW_LOOPBACK = said;
      expect(await failure('127.0.0.1')).toMatchObject(refused);
      expect(await failure('localhost')).toMatchObject(refused);
    }
  });

  it('a refusal is found in the errors that drivers wrap it in', () => {
    const refusal = refusalOf(METADATA, [METADATA]);
    expect(refusalIn(new Error('a', { cause: new Error('b', { cause: refusal }) }))).toBe(refusal);
    expect(refusalIn(new Error('a', { cause: new AppError('DATABASE_LOST') }))).toBeUndefined();
    expect(refusalIn(undefined)).toBeUndefined();
  });
});

describe.each(Object.entries(READY_ENGINES) as [EngineName, Engine][])('the engine %s', (name, engine) => {
  const target = (host: string) => ({ host, port, database: ENGINES[name].defaultDatabase ?? 'shop', ca: '' });
  const login = { user: 'app', password: 'only in this test' };
  const attempt = (host: string) =>
    engine.connect(target(host), login, { readOnly: false, signal: AbortSignal.timeout(20_000) }).then(
      async (connection) => {
        await connection[Symbol.asyncDispose]();
        return 'connected';
      },
      (error: unknown) => error,
    );

  it.each(['shop.test', METADATA])('goes to no socket where %s leads to metadata', async (host) => {
    answering([METADATA]);
    expect(await attempt(host)).toMatchObject(refused);
    expect(came).toBe(0);
  });

  it('dials the address that it has looked at', async () => {
    answering(['127.0.0.1'], [METADATA]);
    const error = await attempt('shop.test');
    expect(error).toBeInstanceOf(AppError);
    expect(came).toBeGreaterThan(0);
  });

  it('says so at the step of the name, where a connection is tested', async () => {
    answering([METADATA]);
    const here = inProcess({ engines: READY_ENGINES, authorities: () => '' });
    const work = { do: 'probe' } as const;
    const operation = { engine: name, target: target('shop.test'), login, readOnly: true, work };
    const steps = await Array.fromAsync(here.perform(operation, new AbortController().signal));
    expect(steps).toMatchObject([{ step: 'name', state: 'failed', error: { code: 'ADDRESS_REFUSED' } }]);
  });
});

test('a cancel goes nowhere else either', async () => {
  answering([METADATA]);
  const place = { host: 'shop.test', port, database: 'shop', ca: '' };
  expect(await requestCancel(place, { processID: 1, secretKey: 2 })).toBe(false);
  expect(came).toBe(0);
});

describe('the driver of Oracle', () => {
  const line = async () => {
    await (await import('#core/engines/oracle/driver.ts')).loadDriver();
    const { default: Line } = await import('oracledb/lib/thin/sqlnet/ntTcp.js');
    return Object.assign(Object.create(Line.prototype), { atts: {} }) as InstanceType<typeof Line>;
  };

  it('follows a listener to another port of its host, and to no other host', async () => {
    answering(['127.0.0.1']);
    await (await line()).ntConnect({ host: '127.0.0.1', port, originHost: 'shop.test' });
    const away = (await line()).ntConnect({ host: '10.0.0.9', port, originHost: 'shop.test' });
    await expect(away).rejects.toMatchObject({ code: 'ADDRESS_REFUSED', message: expect.stringContaining('10.0.0.9') });
    expect(came).toBe(1);
  });

  it('goes by no proxy that a listener names', async () => {
    await (await line()).ntConnect({ host: '127.0.0.1', port, httpsProxy: METADATA });
    expect(came).toBe(1);
  });
});
