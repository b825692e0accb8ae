import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { site } from '../../../bin/local/site.ts';

let folder: string;
let server: Server;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lodge-site-'));
  mkdirSync(join(folder, 'built', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'built', 'index.html'), '<!doctype html><title>Lodge</title>');
  writeFileSync(join(folder, 'built', 'assets', 'a1b2.js'), 'console.log(1)');
  writeFileSync(join(folder, 'beside.js'), 'not for everybody');
  server = createServer(site(join(folder, 'built')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

const get = (path: string, options: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, options);

/** The status of a path that `fetch` would have tidied up before it was sent. */
const statusOf = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the local site', () => {
  it('answers with the page, also for a path inside the application', async () => {
    for (const path of ['/', '/resources/eu-central-1?tab=2'])
      expect(await (await get(path)).text()).toContain('<title>Lodge</title>');
  });

  it('forbids every script but its own, and every frame', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-eval');
  });

  it('lets hashed assets be kept for ever and the page be asked for anew', async () => {
    expect((await get('/assets/a1b2.js')).headers.get('cache-control')).toContain('immutable');
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache');
  });

  it('compresses with Brotli where the browser takes it', async () => {
    const packed = await get('/', { headers: { 'accept-encoding': 'br' } });
    const plain = await get('/', { headers: { 'accept-encoding': 'identity' } });
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await packed.text()).toBe(await plain.text());
  });

  it('knows what is not there', async () => {
    expect((await get('/assets/none.js')).status).toBe(404);
  });

  it.each(['/../beside.js', '/assets/../../beside.js', '/%2e%2e/beside.js', '/..%2fbeside.js', '/%00.js', '/%ff.js'])(
    'does not leave its folder for %s',
    async (path) => {
      expect(await statusOf(path)).toBe(404);
    },
  );

  it('takes no other method', async () => {
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });

  it('answers HEAD without a body', async () => {
    const head = await get('/', { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
    expect(head.headers.get('content-length')).toBe('35');
    expect(await head.text()).toBe('');
  });
});
