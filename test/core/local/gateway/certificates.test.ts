import { X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { listen } from '#core/local/listen.ts';

const now = Date.UTC(2026, 10, 23);
const made = makeCertificates(now);
const [ca, leaf] = [new X509Certificate(made.ca), new X509Certificate(made.certificate)];

test('the server’s certificate is signed by the authority, and the authority’s by itself', () => {
  expect(leaf.verify(ca.publicKey)).toBe(true);
  expect(leaf.checkIssued(ca)).toBe(true);
  expect(ca.verify(ca.publicKey)).toBe(true);
  expect(ca.verify(leaf.publicKey)).toBe(false);
});

test('only the authority may sign others', () => {
  expect(ca.ca).toBe(true);
  expect(leaf.ca).toBe(false);
});

test('the certificate is for this machine and for servers', () => {
  expect(leaf.checkHost('localhost')).toBe('localhost');
  expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(leaf.checkHost('example.com')).toBeUndefined();
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
});

test('both are valid from the day before for a year', () => {
  for (const certificate of [ca, leaf]) {
    expect(Date.parse(certificate.validFrom)).toBe(now - 86_400_000);
    expect(Date.parse(certificate.validTo)).toBe(now + 365 * 86_400_000);
  }
});

test('no two are the same', () => {
  const other = makeCertificates(now);
  expect(new X509Certificate(other.certificate).serialNumber).not.toBe(leaf.serialNumber);
  expect(other.key).not.toBe(made.key);
});

test('the private key belongs to the certificate', () => {
  expect(leaf.toLegacyObject().pubkey).toBeDefined();
  expect(() => createServer({ cert: made.certificate, key: made.key })).not.toThrow();
  expect(() => createServer({ cert: made.certificate, key: makeCertificates().key })).toThrow();
});

/** What a client makes of a server with today's certificate: undefined where it trusts it. */
const handshake = async (options: { ca?: string; servername: string }): Promise<string | undefined> => {
  const { ca: authority, certificate, key } = makeCertificates();
  const server = createServer({ cert: certificate, key });
  server.on('tlsClientError', () => {});
  const { port, close } = await listen(server);
  const ended = await new Promise<string | undefined>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', ca: authority, ...options }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  await close();
  return ended;
};

test('a client that knows the authority trusts the server', async () => {
  expect(await handshake({ servername: 'localhost' })).toBeUndefined();
});

test('a client that knows another one does not', async () => {
  expect(await handshake({ servername: 'localhost', ca: makeCertificates().ca })).toBeDefined();
});

test('a client that expects another host does not', async () => {
  expect(await handshake({ servername: 'example.com' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});
