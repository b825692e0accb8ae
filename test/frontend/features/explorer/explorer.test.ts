import { openAccountBook } from '../../../../frontend/src/features/explorer/accounts.ts';
import { openExplorer } from '../../../../frontend/src/features/explorer/explorer.ts';
import { parseFilter } from '../../../../frontend/src/features/explorer/resource-filter.ts';
import { type TreeRow, treeRows } from '../../../../frontend/src/features/explorer/tree-rows.ts';
import { openConnectionBook } from '../../../../frontend/src/features/workbench/connection-book.ts';
import { connection, resource, storage } from '../workbench/demo.ts';

type Answer = string | Response | (() => string | Response | Promise<string | Response>);

/** A server that answers each path, and remembers what was asked. */
function serve(answers: Record<string, Answer>) {
  const asked: { path: string; query: string; body: unknown }[] = [];
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    asked.push({ path: url.pathname, query: url.search, body: JSON.parse(String(init?.body ?? 'null')) });
    const given = answers[url.pathname];
    const answer = typeof given === 'function' ? await given() : given;
    return answer instanceof Response ? answer : new Response(answer ?? '', { status: 200 });
  };
  return asked;
}
const lines = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const record = {
  type: 'resources',
  service: 'rds',
  region: 'eu-central-1',
  status: 'ok',
  resources: [resource('shop')],
};
const refusal = (code: string, message: string) => Response.json({ code, message, requestId: 'r-1' }, { status: 502 });

const shop = { ...connection('shop'), token: 'sealed' };
function explorer() {
  const book = openConnectionBook([shop], {
    call: () => Promise.reject(new Error('nobody connects here')),
    askLogin: () => Promise.reject(new Error('nobody is asked here')),
    assume: (roleArn) => ({ roleArn }),
  });
  const passing = storage();
  const accounts = openAccountBook('ada', storage(), passing);
  const opened = openExplorer({ book, accounts, regions: () => ['eu-central-1'], passing });
  const rows = () =>
    treeRows({
      ...opened.tree.get(),
      filter: parseFilter(opened.tree.get().filter),
      sections: opened.sections.get(),
      resources: opened.discovery.get().resources,
      connections: book.connections.get(),
    });
  return { explorer: opened, rows, accounts, passing };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

describe('the explorer', () => {
  const { fetch } = globalThis;
  beforeEach(() => void Object.assign(globalThis, { location: { origin: 'http://lodge.test' } }));
  afterEach(() => {
    globalThis.fetch = fetch;
    Reflect.deleteProperty(globalThis, 'location');
  });

  it('shows what the stream brings, and that it is complete', async () => {
    const asked = serve({ '/api/resources': lines(record, { type: 'heartbeat' }, { type: 'end', elapsedMs: 3 }) });
    const { explorer: it } = explorer();
    await it.discover();
    expect(it.discovery.get()).toMatchObject({ state: 'complete', resources: [{ name: 'shop' }] });
    expect(asked[0]?.body).toEqual({ regions: ['eu-central-1'] });
  });

  it('passes over records that it does not know', async () => {
    serve({ '/api/resources': lines({ type: 'weather', sunny: true }, record, { type: 'end', elapsedMs: 3 }) });
    const { explorer: it } = explorer();
    await it.discover();
    expect(it.discovery.get().state).toBe('complete');
  });

  it('says that a stream was cut, whether between two records or inside one', async () => {
    for (const cut of [lines(record), `${lines(record)}{"type":"resou`]) {
      serve({ '/api/resources': cut });
      const { explorer: it } = explorer();
      await it.discover();
      expect(it.discovery.get().resources).toHaveLength(1);
      expect(['cut', 'failed']).toContain(it.discovery.get().state);
      expect(it.discovery.get().cells.map(({ status }) => status)).not.toContain('waiting');
    }
  });

  it('says why nothing could be listed', async () => {
    serve({ '/api/resources': refusal('NOT_CLAIMED', 'This instance has not been claimed yet.') });
    const { explorer: it } = explorer();
    await it.discover();
    expect(it.discovery.get()).toMatchObject({ state: 'failed', error: { code: 'NOT_CLAIMED' } });
  });

  it('lets the second look win', async () => {
    let slow: (answer: string) => void = () => undefined;
    let calls = 0;
    serve({
      '/api/resources': () => {
        calls += 1;
        return calls === 1
          ? new Promise<string>((resolve) => {
              slow = resolve;
            })
          : lines({ ...record, resources: [resource('new')] }, { type: 'end', elapsedMs: 1 });
      },
    });
    const { explorer: it } = explorer();
    const first = it.discover();
    await it.discover();
    slow(lines(record));
    await first;
    expect(it.discovery.get()).toMatchObject({ state: 'complete', resources: [{ name: 'new' }] });
  });

  it('reads a level when its row is opened, once', async () => {
    const asked = serve({
      '/api/objects/children': JSON.stringify({ nodes: [{ kind: 'schema', name: 'public', expandable: true }] }),
      '/api/resources': lines(record, { type: 'end', elapsedMs: 3 }),
    });
    const { explorer: it, rows } = explorer();
    await it.discover();
    const row = () => rows().find(({ kind }) => kind === 'connection') as TreeRow;
    it.toggle(row());
    await settled();
    it.toggle(row());
    it.toggle(row());
    await settled();
    expect(rows().at(-1)).toMatchObject({ kind: 'node', label: 'public' });
    expect(asked.filter(({ path }) => path === '/api/objects/children')).toEqual([
      { path: '/api/objects/children', query: '', body: { connection: 'sealed', path: [] } },
    ]);
  });

  it('shows in the tree why a level could not be read, and tries again when its row is opened again', async () => {
    let broken = true;
    serve({
      '/api/resources': lines(record, { type: 'end', elapsedMs: 3 }),
      '/api/objects/children': () =>
        broken ? refusal('DATABASE_LOST', 'The database closed the connection.') : '{"nodes":[]}',
    });
    const { explorer: it, rows } = explorer();
    await it.discover();
    it.reveal(shop);
    await settled();
    expect(rows().at(-1)).toMatchObject({
      kind: 'message',
      state: 'failed',
      label: 'The database closed the connection.',
    });
    broken = false;
    await it.load(shop, []);
    expect(rows().at(-1)).toMatchObject({ kind: 'message', state: 'empty' });
  });

  it('reads again what is open, and forgets the rest', async () => {
    const nodes = (path: unknown[]) =>
      path.length === 0
        ? [
            { kind: 'schema', name: 'public', expandable: true },
            { kind: 'schema', name: 'sales', expandable: true },
          ]
        : [];
    const asked = serve({});
    globalThis.fetch = async (_, init) => {
      const body = JSON.parse(String(init?.body));
      asked.push({ path: 'children', query: '', body });
      return Response.json({ nodes: nodes(body.path) });
    };
    const { explorer: it } = explorer();
    it.reveal(shop);
    await settled();
    await it.load(shop, [{ kind: 'schema', name: 'public' }]);
    asked.length = 0;
    it.refresh(shop);
    await settled();
    expect(asked.map(({ body }) => (body as { path: unknown[] }).path)).toEqual([[]]);
    expect([...it.tree.get().levels.keys()]).toEqual([shop.key]);
  });

  describe('with another account', () => {
    const roleArn = 'arn:aws:iam::444455556666:role/lodge';
    const partner = { name: 'Partner', roleArn };
    const theirs = { ...record, resources: [resource('crm')] };
    const done = { type: 'end', elapsedMs: 1 };
    /** One's own account and the other one answer each with its own. */
    function serveBoth(other: () => Response) {
      const bodies: unknown[] = [];
      globalThis.fetch = async (_, init) => {
        const body = JSON.parse(String(init?.body));
        bodies.push(body);
        return body.assume ? other() : new Response(lines(record, done));
      };
      return bodies;
    }

    it('looks through its role there too, with the external id', async () => {
      const bodies = serveBoth(() => new Response(lines(theirs, done)));
      const { explorer: it, accounts } = explorer();
      accounts.remember({ roleArn, externalId: 'kontor-7' });
      accounts.put(partner);
      await it.discover();
      expect(bodies).toContainEqual({ regions: ['eu-central-1'], assume: { roleArn, externalId: 'kontor-7' } });
      expect(it.sections.get()).toMatchObject([{ account: partner, discovery: { state: 'complete' } }]);
      expect(it.found().map(({ resource: { name }, account }) => [name, account?.name])).toEqual([
        ['shop', undefined],
        ['crm', 'Partner'],
      ]);
    });

    it('says of a role that may not be taken on why, and shows the others all the same', async () => {
      serveBoth(() => refusal('AWS_DENIED', 'AWS does not let you take on this role.'));
      const { explorer: it, accounts } = explorer();
      accounts.put(partner);
      await it.discover();
      expect(it.sections.get()[0]?.discovery).toMatchObject({ state: 'failed', error: { code: 'AWS_DENIED' } });
      expect(it.discovery.get()).toMatchObject({ state: 'complete', resources: [{ name: 'shop' }] });
    });

    it('keeps what was found when it gets another name, and forgets it with the account', async () => {
      serveBoth(() => new Response(lines(theirs, done)));
      const { explorer: it, accounts } = explorer();
      accounts.put(partner);
      await it.discoverAccount(roleArn);
      accounts.put({ ...partner, name: 'Renamed' });
      expect(it.sections.get()).toMatchObject([
        { account: { name: 'Renamed' }, discovery: { resources: [{ name: 'crm' }] } },
      ]);
      accounts.remove(roleArn);
      expect(it.sections.get()).toEqual([]);
    });
  });

  it('remembers the filter for as long as the window', () => {
    const { explorer: it, passing } = explorer();
    it.change({ filter: 'region:eu' });
    it.change({ current: 'x' });
    expect(passing.getItem('lodge-filter')).toBe('region:eu');
  });

  it('leaves a resource open that was opened before it had a connection', () => {
    const { explorer: it, rows } = explorer();
    it.discovery.set({ state: 'complete', cells: [], resources: [shop.resource] });
    it.change({ toggled: new Set([shop.resource.id]) });
    serve({ '/api/objects/children': '{"nodes":[]}' });
    it.reveal(shop);
    expect(rows().find(({ kind }) => kind === 'resource')).toMatchObject({ expanded: true });
  });
});
