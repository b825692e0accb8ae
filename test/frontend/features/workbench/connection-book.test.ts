import { ApiError } from '../../../../frontend/src/api.ts';
import { openConnectionBook } from '../../../../frontend/src/features/workbench/connection-book.ts';
import type { SavedConnection } from '../../../../frontend/src/features/workbench/connections.ts';
import { connection, resource } from './demo.ts';

/** A book whose server hands out `token-1`, `token-2`, … */
function book(saved: SavedConnection[] = []) {
  const bodies: unknown[] = [];
  const asked: string[] = [];
  const opened = openConnectionBook(saved, {
    assume: (roleArn) => ({ roleArn, externalId: 'known' }),
    async call(body) {
      bodies.push(body);
      await Promise.resolve();
      const database = body.database ?? 'postgres';
      const token = `token-${bodies.length}`;
      return {
        connection: token,
        engine: 'postgres',
        version: '18',
        user: body.login.user ?? 'ada',
        database,
        readOnly: true,
      };
    },
    async askLogin(known) {
      asked.push(known.key);
      const login = { method: 'password', user: known.login.user, password: 'typed' } as const;
      return opened.connect({ resource: known.resource, login, options: { database: known.database } });
    },
  });
  return { book: opened, bodies, asked };
}
const iam = { method: 'iam', user: 'app_iam' } as const;
const stale = () => new ApiError({ code: 'CONNECTION_STALE', message: 'The rules have changed.' });
const invalid = () => new ApiError({ code: 'CONNECTION_INVALID', message: 'It belongs to another session.' });

describe('connecting', () => {
  it('keeps what the server says of the connection', async () => {
    const { book: it, bodies } = book();
    const made = await it.connect({ resource: resource('shop'), login: iam, options: { database: 'shop' } });
    expect(made).toMatchObject({
      engine: 'postgres',
      user: 'app_iam',
      database: 'shop',
      readOnly: true,
      token: 'token-1',
    });
    expect(bodies).toEqual([{ resourceId: resource('shop').id, login: iam, database: 'shop' }]);
    expect(it.find(made.key)).toBe(made);
  });

  it('makes a connection with the keys of the session again, without a question and without a database', async () => {
    const { book: it, bodies, asked } = book();
    const tables = resource('tables', { engine: 'dynamodb' });
    const made = await it.connect({ resource: tables, login: { method: 'keys' }, options: {} });
    expect(made.login).toEqual({ method: 'keys', user: '' });
    it.dropTokens();
    expect(await it.token(made.key)).toBe('token-2');
    expect(bodies).toEqual(Array(2).fill({ resourceId: tables.id, login: { method: 'keys' } }));
    expect(asked).toEqual([]);
  });

  it('never keeps the password', async () => {
    const { book: it } = book();
    await it.connect({
      resource: resource('shop'),
      login: { ...iam, method: 'password', password: 'hunter2' },
      options: {},
    });
    expect(JSON.stringify(it.connections.get())).not.toContain('hunter2');
  });

  it('keeps the way it went: the secret, the endpoint and the role, without the external id', async () => {
    const { book: it, bodies } = book();
    const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:other';
    const assume = { roleArn: 'arn:aws:iam::444455556666:role/lodge', externalId: 'typed' };
    const login = { method: 'secret', secretArn } as const;
    const made = await it.connect({ resource: resource('shop'), login, options: {}, endpoint: 'reader', assume });
    expect(bodies).toEqual([{ resourceId: resource('shop').id, login, endpoint: 'reader', assume }]);
    expect(made).toMatchObject({ login: { method: 'secret', secretArn }, endpoint: 'reader' });
    expect(made.assume).toEqual({ roleArn: assume.roleArn });
    it.dropTokens();
    await it.token(made.key);
    expect(bodies[1]).toMatchObject({ login, endpoint: 'reader', assume: { ...assume, externalId: 'known' } });
    expect(it.connections.get()).toHaveLength(1);
  });

  it('tells apart the endpoints and the roles of one resource', async () => {
    const { book: it } = book();
    const request = { resource: resource('shop'), login: iam, options: {} };
    await it.connect(request);
    await it.connect({ ...request, endpoint: 'reader' });
    await it.connect({ ...request, assume: { roleArn: 'arn:aws:iam::444455556666:role/lodge' } });
    expect(new Set(it.connections.get().map(({ key }) => key)).size).toBe(3);
  });

  it('knows the same login at the same database again', async () => {
    const { book: it } = book();
    const request = { resource: resource('shop'), login: iam, options: {} };
    const first = await it.connect(request);
    const second = await it.connect(request);
    expect(second.key).toBe(first.key);
    expect(it.connections.get()).toEqual([second]);
  });

  it('tells apart other users, databases and resources', async () => {
    const { book: it } = book();
    await it.connect({ resource: resource('shop'), login: iam, options: {} });
    await it.connect({ resource: resource('shop'), login: { ...iam, user: 'ben' }, options: {} });
    await it.connect({ resource: resource('shop'), login: iam, options: { database: 'other' } });
    await it.connect({ resource: resource('ledger'), login: iam, options: {} });
    expect(new Set(it.connections.get().map(({ key }) => key)).size).toBe(4);
  });

  it('refuses a resource that Lodge has no engine for', async () => {
    const { engine: _, ...unknown } = resource('graph');
    const connecting = book().book.connect({ resource: unknown, login: iam, options: {} });
    await expect(connecting).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
  });
});

describe('the token', () => {
  const shop = connection('shop');
  /** Saved under the key that connecting gives, as it was once written. */
  async function reloaded(method: 'iam' | 'password') {
    const { book: before } = book();
    const login = { method, user: 'app_iam', ...(method === 'password' ? { password: 'typed' } : {}) };
    const { token: _, ...saved } = await before.connect({ resource: shop.resource, login, options: {} });
    return { saved, ...book([saved]) };
  }

  it('is handed out from memory', async () => {
    const { book: it, bodies } = book();
    const made = await it.connect({ resource: resource('shop'), login: iam, options: {} });
    await expect(it.token(made.key)).resolves.toBe('token-1');
    expect(bodies).toHaveLength(1);
  });

  it('is made anew by IAM after a reload, without a question', async () => {
    const { book: it, saved, asked } = await reloaded('iam');
    await expect(it.token(saved.key)).resolves.toBe('token-1');
    expect(asked).toEqual([]);
  });

  it.each(['identity', 'temporary', 'secret', 'keys'] as const)(
    'is made anew by %s without a question',
    async (method) => {
      const login = { method, user: method === 'temporary' ? 'app' : '' };
      const saved = connection('shop', { login });
      const { book: it, asked, bodies } = book([saved]);
      await it.token(saved.key);
      expect(asked).toEqual([]);
      expect(bodies).toMatchObject([{ login: method === 'temporary' ? login : { method } }]);
    },
  );

  it('needs the password again where the login was one', async () => {
    const { book: it, saved, asked } = await reloaded('password');
    await expect(it.token(saved.key)).resolves.toBe('token-1');
    expect(asked).toEqual([saved.key]);
  });

  it('is asked for once by all who wait for it', async () => {
    const { book: it, saved, bodies } = await reloaded('iam');
    await Promise.all([it.token(saved.key), it.token(saved.key), it.token(saved.key)]);
    expect(bodies).toHaveLength(1);
  });

  it('is refused for a connection that is not known', async () => {
    await expect(book().book.token('nothing')).rejects.toMatchObject({ code: 'CONNECTION_INVALID' });
  });

  it('is gone with the session', async () => {
    const { book: it, bodies } = book();
    const made = await it.connect({ resource: resource('shop'), login: iam, options: {} });
    it.dropTokens();
    expect(it.find(made.key)).not.toHaveProperty('token');
    await expect(it.token(made.key)).resolves.toBe('token-2');
    expect(bodies).toHaveLength(2);
  });

  it('can be tried again after a refusal', async () => {
    let refusals = 1;
    const it = openConnectionBook([shop], {
      async call() {
        if (refusals-- > 0) throw new ApiError({ code: 'DATABASE_UNREACHABLE', message: 'No way.' });
        return { connection: 't', engine: 'postgres', version: '', user: 'app_iam', database: 'shop', readOnly: false };
      },
      askLogin: () => Promise.reject(new Error('not asked')),
      assume: (roleArn) => ({ roleArn }),
    });
    await expect(it.token(shop.key)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    await expect(it.token(shop.key)).resolves.toBe('t');
  });
});

describe('using a connection', () => {
  it.each([
    ['is not valid', invalid()],
    ['was given under other rules', stale()],
  ])('tries once more with a fresh token where the first %s', async (_, refusal) => {
    const { book: it } = book();
    const { key } = await it.connect({ resource: resource('shop'), login: iam, options: {} });
    const tried: string[] = [];
    const result = await it.use(key, async (token) => {
      tried.push(token);
      if (token === 'token-1') throw refusal;
      return 'rows';
    });
    expect([result, tried]).toEqual(['rows', ['token-1', 'token-2']]);
  });

  it('does not try for ever, nor after another error', async () => {
    const { book: it } = book();
    const { key } = await it.connect({ resource: resource('shop'), login: iam, options: {} });
    const act = jest.fn().mockRejectedValue(invalid());
    await expect(it.use(key, act)).rejects.toMatchObject({ code: 'CONNECTION_INVALID' });
    expect(act).toHaveBeenCalledTimes(2);
    const other = jest.fn().mockRejectedValue(new ApiError({ code: 'DATABASE_LOST', message: 'Gone.' }));
    await expect(it.use(key, other)).rejects.toMatchObject({ code: 'DATABASE_LOST' });
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('ends with the connection', async () => {
    const { book: it } = book();
    const { key } = await it.connect({ resource: resource('shop'), login: iam, options: {} });
    it.forget(key);
    expect(it.find(key)).toBeUndefined();
  });
});
