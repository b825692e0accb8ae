import { createServer } from 'node:net';
import type { AppError } from '#contract/errors.ts';
import type { Target } from '#core/engines/engine.ts';
import { sqlserver } from '#core/engines/sqlserver/sqlserver.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { listen } from '#core/local/listen.ts';
import { REFUSED, type TdsServer } from './tds-server.ts';
import { error, sentOn } from './tds-tokens.ts';
import { LOGIN, start, targetOf } from './with-server.ts';

const connect = (target: Target, signal = new AbortController().signal) =>
  sqlserver.connect(target, LOGIN, { readOnly: false, signal });
const failing = async (server: TdsServer, changes: Partial<Target> = {}): Promise<AppError> =>
  connect({ ...targetOf(server), ...changes }).then(
    () => Promise.reject(new Error('it connected')),
    (refusal: AppError) => refusal,
  );

describe('connecting to SQL Server', () => {
  it('logs in inside of TLS, and tells who is connected to what', async () => {
    await using server = await start();
    await using connection = await connect(targetOf(server));
    expect(connection.about).toEqual({ version: '16.0.4125.3', user: 'app', database: 'shop' });
    expect(server.logins()).toBe(1);
  });

  it('sends no password to a server whose certificate nobody vouches for', async () => {
    await using server = await start();
    const refusal = await failing(server, { ca: makeCertificates().ca });
    expect(refusal).toMatchObject({ code: 'DATABASE_UNREACHABLE', details: { step: 'tls' } });
    expect(server.logins()).toBe(0);
  });

  it('sends no password to a server that is called by another name than its certificate', async () => {
    await using server = await start();
    const refusal = await failing(server, { host: '127.1' });
    expect(refusal).toMatchObject({ code: 'DATABASE_UNREACHABLE', details: { step: 'tls' } });
    expect(refusal.message).toBe('The certificate of the database is made for another host.');
    expect(server.logins()).toBe(0);
  });

  it('sends no password to a server that says it knows no TLS', async () => {
    await using server = await start({ clear: true });
    const refusal = await failing(server);
    expect(refusal).toMatchObject({ code: 'DATABASE_UNREACHABLE', details: { step: 'tls' } });
    expect(refusal.message).toBe('The database offers no TLS, so no password was sent.');
    expect(server.logins()).toBe(0);
  });

  it('goes nowhere else where a server sends on to another: it comes to the same one again', async () => {
    let elsewhere = 0;
    const other = createServer((socket) => {
      elsewhere += 1;
      socket.destroy();
    });
    await using stack = new AsyncDisposableStack();
    const { port, close } = await listen(other);
    stack.defer(close);
    await using server = await start({ first: sentOn('localhost', port) });
    await using connection = await connect(targetOf(server));
    expect(connection.about.user).toBe('app');
    expect([server.logins(), elsewhere]).toEqual([2, 0]);
  });

  it('says that a login is refused, and not what the password was', async () => {
    await using server = await start({ refusal: REFUSED });
    const refusal = await failing(server);
    expect(refusal).toMatchObject({ code: 'LOGIN_FAILED', details: { step: 'login', native: { code: '18456' } } });
    expect(JSON.stringify([refusal, refusal.body('id'), refusal.cause])).not.toContain(LOGIN.password);
  });

  it('says that there is no such database', async () => {
    const refusal = error({
      number: 4060,
      message: 'Cannot open database "shop" requested by the login.',
      severity: 11,
    });
    await using server = await start({ refusal });
    expect(await failing(server)).toMatchObject({
      code: 'LOGIN_FAILED',
      details: { hint: 'Check the name of the database.' },
    });
  });

  it('says that nothing answers, or that a name is not known', async () => {
    const server = await start();
    await server[Symbol.asyncDispose]();
    expect(await failing(server)).toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: 'Nothing answers at the address of the database.',
      details: { step: 'port' },
    });
    expect(await failing(server, { host: 'no-such-host.invalid' })).toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      details: { step: 'name' },
    });
  });

  it('stops where whoever asked does not wait any more', async () => {
    await using server = await start();
    await expect(connect(targetOf(server), AbortSignal.abort())).rejects.toMatchObject({ name: 'AppError' });
  });
});
