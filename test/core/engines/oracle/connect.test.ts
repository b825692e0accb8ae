import net from 'node:net';
import tls from 'node:tls';
import type { AppError } from '#contract/errors.ts';
import type { Target } from '#core/engines/engine.ts';
import { oracle } from '#core/engines/oracle/oracle.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { listen } from '#core/local/listen.ts';

const certificates = makeCertificates();
const LOGIN = { user: 'app', password: 'the-password' };

const failing = async (target: Partial<Target>, signal = new AbortController().signal): Promise<AppError> =>
  oracle
    .connect({ host: 'localhost', port: 1, database: 'ORCL', ca: certificates.ca, ...target }, LOGIN, {
      readOnly: false,
      signal,
    })
    .then(
      () => Promise.reject(new Error('it connected')),
      (refusal: AppError) => refusal,
    );

interface Heard extends AsyncDisposable {
  readonly port: number;
  /** What came inside of TLS, or in the clear. */
  readonly bytes: () => Buffer;
}

/** Takes what a client sends first, and hangs up: the driver is real, the server knows no more of the protocol than that. */
async function start(make: (take: (socket: net.Socket) => void) => net.Server): Promise<Heard> {
  let bytes = Buffer.alloc(0);
  const server = make((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      socket.destroy();
    });
  });
  const { port, close } = await listen(server);
  return { port, bytes: () => bytes, [Symbol.asyncDispose]: close };
}

const secure = () =>
  start((take) =>
    tls
      .createServer({ cert: certificates.certificate, key: certificates.key }, take)
      .on('tlsClientError', () => undefined),
  );

describe('connecting to Oracle, by the real driver', () => {
  it('asks for the database inside of TLS, once the certificate is trusted, and sends no password with it', async () => {
    await using server = await secure();
    expect(await failing({ port: server.port })).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    const asked = server.bytes().toString('latin1');
    expect(asked).toContain('(PROTOCOL=TCPS)');
    expect(asked).toContain('(SID=ORCL)');
    expect(asked).not.toContain(LOGIN.password);
  });

  it('sends nothing to a server whose certificate nobody vouches for', async () => {
    await using server = await secure();
    const refusal = await failing({ port: server.port, ca: makeCertificates().ca });
    expect(refusal).toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: 'The certificate of the database is not signed by an authority that Lodge trusts.',
      details: { step: 'tls' },
    });
    expect(server.bytes()).toHaveLength(0);
  });

  it('sends nothing to a server that is called by another name than its certificate', async () => {
    await using server = await secure();
    const refusal = await failing({ port: server.port, host: '127.1' });
    expect(refusal).toMatchObject({ details: { step: 'tls' } });
    expect(refusal.message).toBe('The certificate of the database is made for another host.');
    expect(server.bytes()).toHaveLength(0);
  });

  it('never goes on without TLS, and says where RDS speaks it', async () => {
    await using server = await start((take) => net.createServer(take));
    const refusal = await failing({ port: server.port });
    expect(refusal).toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      details: { step: 'tls', hint: expect.stringContaining('2484') },
    });
    expect(server.bytes().toString('latin1')).not.toContain('SID=');
  });

  it('says that nothing answers, or that a name is not known', async () => {
    const server = await secure();
    await server[Symbol.asyncDispose]();
    expect(await failing({ port: server.port })).toMatchObject({
      message: 'Nothing answers at the address of the database.',
      details: { step: 'port' },
    });
    expect(await failing({ host: 'no-such-host.invalid' })).toMatchObject({ details: { step: 'name' } });
  });

  it('lets nobody write into the address by the name of a database', async () => {
    expect(await failing({ database: 'x)(SERVER=DEDICATED' })).toMatchObject({ code: 'LOGIN_FAILED' });
  });

  it('stops where whoever asked does not wait any more', async () => {
    await using server = await secure();
    expect(await failing({ port: server.port }, AbortSignal.abort())).toMatchObject({ code: 'DATABASE_TIMEOUT' });
  });
});
