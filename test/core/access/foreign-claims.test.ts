/** A connection only goes where this session, in this account, was let: whoever changes its token opens nothing. */
import { randomBytes } from 'node:crypto';
import type { NodePath } from '#contract/objects.ts';
import type { Handler, UserSession } from '#core/http/handler.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { objects } from '../../../lambdas/objects/objects.ts';
import { query } from '../../../lambdas/query/query.ts';
import { fakeDatabases, shopClaims } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';
import { memoryAudit, memorySlots, standing } from '../../support/ports.ts';

const session: UserSession = { ...sessionOf('reader'), key: randomBytes(32) };
const path: NodePath = [{ kind: 'schema', name: 'shop' }];
const elsewhere = { ...shopClaims, target: { host: '169.254.169.254', port: 80, database: 'shop' } };

/** Everything that takes a connection, and how often it opened a database or took a slot. */
function lodge() {
  const { databases, seen } = fakeDatabases({});
  const { slots, seen: held } = memorySlots();
  const handlers = {
    ...objects({ databases }),
    ...query({ databases, slots, audit: memoryAudit().audit }),
  };
  const use = (name: keyof typeof handlers, connection: string) =>
    (handlers[name] as unknown as Handler<'query'>)(
      { params: undefined, query: undefined, body: { connection, statement: 'select 1', path, handle: 'h' } as never },
      { session, standing, requestId: 'r-1', address: '192.0.2.1', signal: new AbortController().signal },
    );
  return { names: Object.keys(handlers) as (keyof typeof handlers)[], use, seen, held };
}

const TOKENS: Record<string, () => Promise<string>> = {
  'altered in its content': async () => {
    const parts = (await sealConnection(session, shopClaims)).split('.');
    const [from = '', ...rest] = parts[3] ?? '';
    return parts.with(3, (from === 'A' ? 'B' : 'A') + rest.join('')).join('.');
  },
  'altered in its header': async () => {
    const parts = (await sealConnection({ ...session, id: 'another' }, shopClaims)).split('.');
    const [head = ''] = (await sealConnection(session, shopClaims)).split('.');
    return parts.with(0, head).join('.');
  },
  "another session's": () => sealConnection({ ...session, id: 'another' }, shopClaims),
  'one that names this session, sealed with a key of its maker': () =>
    sealConnection({ ...session, key: randomBytes(32) }, elsewhere),
  'claims that nobody sealed': async () => Buffer.from(JSON.stringify(elsewhere)).toString('base64url'),
  'claims in an envelope without encryption': async () => {
    const header = { alg: 'none', typ: 'lodge-connection', sid: session.id, exp: session.expiresAt.getTime() };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return [part(header), '', '', part(elsewhere), ''].join('.');
  },
};

describe.each(Object.keys(TOKENS))('%s', (kind) => {
  it.each(lodge().names)('opens nothing at %s', async (name) => {
    const { use, seen, held } = lodge();
    const token = (await TOKENS[kind]?.()) ?? '';
    await expect(use(name, token)).rejects.toMatchObject({ code: 'CONNECTION_INVALID' });
    expect(seen.opened).toBe(0);
    expect(held.asked).toEqual([]);
  });
});

test('the true one opens', async () => {
  const { use, seen } = lodge();
  await use('query', await sealConnection(session, shopClaims));
  expect(seen.opened).toBe(1);
});

test('a statement can be cancelled under whatever rules and role: only the session counts', async () => {
  const { use, seen } = lodge();
  const stale = { ...shopClaims, allowed: { revision: 41, role: 'administrator' as const } };
  await expect(use('query', await sealConnection(session, stale))).rejects.toMatchObject({ code: 'CONNECTION_STALE' });
  await use('cancel', await sealConnection(session, stale)).catch(() => undefined);
  expect(seen.opened).toBe(1);
});
