import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { bannerOf } from '../e2e/product.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Started extends AsyncDisposable {
  readonly npm: ChildProcess;
  readonly printed: string;
  readonly url: string;
}

/** `npm start`, as a terminal starts it: in a group of its own, to which Ctrl+C goes. */
async function npmStart(...flags: string[]): Promise<Started> {
  const command = ['start', '--', '--events', '500', ...flags];
  const npm = spawn('npm', command, { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = (await bannerOf(npm))();
  const url = /Lodge is ready: (\S+)/.exec(printed)?.[1] ?? '';
  return { npm, printed, url, [Symbol.asyncDispose]: () => pressCtrlC(npm) };
}

async function pressCtrlC(npm: ChildProcess): Promise<void> {
  if (npm.exitCode !== null || npm.signalCode !== null) return;
  const closed = once(npm, 'close');
  process.kill(-(npm.pid ?? 0), 'SIGINT');
  await closed;
}

/** The commands of all processes below one, by their ids. */
function descendants(root: number): Map<number, string> {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,command='], { encoding: 'utf8' });
  const all = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), command }] : [];
  });
  const found = new Map<number, string>();
  const parents = [root];
  for (const above of parents)
    for (const { pid, parent, command } of all)
      if (parent === above && !command.startsWith('ps ')) {
        found.set(pid, command);
        parents.push(pid);
      }
  return found;
}

/** Those of the processes that still run. A process id that was given away again has another command. */
function stillRunning(processes: ReadonlyMap<number, string>): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,stat=,command='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return processes.get(Number(pid)) === command && !state.startsWith('Z') ? [`${pid} ${command}`] : [];
  });
}

const claimedAt = async (url: string): Promise<unknown> => (await fetch(`${url}/api/instance`)).json();

/** What the banner says to paste for Ada, as the API takes it. */
function keysOfAda(printed: string) {
  const value = (name: string) => new RegExp(`Ada[\\s\\S]*?${name}=(\\S+)`).exec(printed)?.[1];
  return { accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY') };
}

async function post(url: string, path: string, body: unknown, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-lodge-request': '1', cookie };
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('npm start', () => {
  const stack = new AsyncDisposableStack();
  let folder: string;
  let lodge: Started;

  beforeAll(async () => {
    folder = stack.use(await temporaryFolder()).path;
    lodge = stack.use(await npmStart('--port', '0', '--folder', folder));
  }, 120_000);
  afterAll(() => stack.disposeAsync(), 30_000);

  it('says where to go, and there is the product', async () => {
    expect(lodge.url).toMatch(/^http:\/\/localhost:\d+$/);
    const page = await fetch(lodge.url);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('<title>Lodge</title>');
  });

  it('prints keys to claim with, of a second user, of another account, and temporary ones', () => {
    expect(lodge.printed.match(/export AWS_ACCESS_KEY_ID=AKIA/g)?.length).toBeGreaterThanOrEqual(4);
    expect(lodge.printed).toMatch(/Ada, who may do everything: claim with her\n\s+export AWS_ACCESS_KEY_ID=AKIA/);
    expect(lodge.printed).toMatch(/Erin, from another account\n/);
    expect(lodge.printed).toMatch(/export AWS_ACCESS_KEY_ID=ASIA\w+\n.*SECRET.*\n\s+export AWS_SESSION_TOKEN=\S+\n/);
  });

  it('says what runs', () => {
    expect(lodge.printed).toMatch(/PostgreSQL {4}shop in eu-central-1, localhost:\d+, TLS only/);
    expect(lodge.printed).toMatch(/DynamoDB {6}(DynamoDB Local|dynalite) in eu-central-1/);
    expect(lodge.printed).toContain('every signature verified');
  });

  it('lets one sign in and claim with the keys that it printed', async () => {
    const signedIn = await post(lodge.url, '/api/session', keysOfAda(lodge.printed));
    expect(signedIn.status).toBe(201);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const claimed = await post(lodge.url, '/api/instance', { name: 'Kontor', regions: ['eu-central-1'] }, cookie);
    expect(claimed.status).toBe(201);
    expect(await claimedAt(lodge.url)).toEqual({ claimed: true, name: 'Kontor' });
  });

  it('ends everything that it started when Ctrl+C is pressed', async () => {
    const processes = descendants(lodge.npm.pid ?? 0);
    expect([...processes.values()].some((command) => /\/postgres\b/.test(command))).toBe(true);
    await pressCtrlC(lodge.npm);
    expect(stillRunning(processes)).toEqual([]);
    await expect(fetch(lodge.url)).rejects.toThrow();
  });

  describe('started again', () => {
    let again: Started;
    let busy: Server;

    beforeAll(async () => {
      busy = createServer((_, response) => response.end('somebody else')).listen(0, '127.0.0.1');
      await once(busy, 'listening');
      stack.defer(() => void busy.close());
      const { port } = busy.address() as AddressInfo;
      again = stack.use(await npmStart('--port', String(port), '--folder', folder));
    }, 60_000);

    it('takes another port where its own is taken, and says so', async () => {
      const { port } = busy.address() as AddressInfo;
      expect(again.printed).toContain(`(port ${port} is taken)`);
      expect(again.url).not.toContain(String(port));
      expect((await fetch(again.url)).status).toBe(200);
    });

    it('makes nothing anew, and knows what was claimed', async () => {
      expect(again.printed).not.toContain('Making the demo');
      expect(again.printed).not.toContain('Building');
      expect(await claimedAt(again.url)).toEqual({ claimed: true, name: 'Kontor' });
      expect(keysOfAda(again.printed)).toEqual(keysOfAda(lodge.printed));
    });

    it('refuses a folder that another one uses, and leaves that one alone', async () => {
      await expect(npmStart('--port', '0', '--folder', folder)).rejects.toThrow(/uses \S+ already. End it first./);
      expect(await claimedAt(again.url)).toEqual({ claimed: true, name: 'Kontor' });
    });

    it('begins anew with --fresh', async () => {
      await pressCtrlC(again.npm);
      await using fresh = await npmStart('--port', '0', '--folder', folder, '--fresh');
      expect(fresh.printed).toContain('Making the demo');
      expect(await claimedAt(fresh.url)).toEqual({ claimed: false, name: 'Lodge' });
      expect(keysOfAda(fresh.printed)).not.toEqual(keysOfAda(lodge.printed));
    }, 90_000);
  });
});
