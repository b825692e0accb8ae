import { firstDraft, readDraft, shownUser } from '../../../../frontend/src/features/connect/connect-draft.ts';
import { connection, resource } from '../workbench/demo.ts';

const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-1';
const roleArn = 'arn:aws:iam::444455556666:role/lodge';
const shop = resource('shop', { user: 'postgres', secretArn, tags: { 'lodge:iam-user': 'app_iam' } });
const warehouse = resource('warehouse', { service: 'redshift', engine: 'redshift' });
const draft = (more: Partial<ReturnType<typeof firstDraft>> = {}, of = shop) => ({ ...firstDraft(of, {}), ...more });
const read = (given = draft(), user = 'app_iam', of = shop) => readDraft(given, of, user);

describe('what stands in the form at first', () => {
  it('is the safest way, the managed secret and the first endpoint', () => {
    expect(draft()).toMatchObject({ method: 'iam', secret: 'managed', endpoint: '', roleArn: '' });
    expect(draft({}, resource('plain')).secret).toBe('other');
  });

  it('is the endpoint and the role by which one came here', () => {
    expect(firstDraft(shop, { endpoint: 'reader', assume: { roleArn } })).toMatchObject({
      endpoint: 'reader',
      roleArn,
    });
  });

  it('is the database that is wanted', () =>
    expect(firstDraft(shop, { database: 'books' }).options).toEqual({ database: 'books' }));

  it('is what a connection was made with', () => {
    const saved = connection('shop', { login: { method: 'password', user: 'app' }, endpoint: 'reader' });
    expect(firstDraft(shop, { saved })).toMatchObject({
      ...{ method: 'password', user: 'app', password: '', endpoint: 'reader' },
      options: { database: 'shop' },
    });
  });
});

describe('the user that is shown', () => {
  it('is the one that was typed, else who connected last, else the one on offer', () => {
    const last = connection('shop', { login: { method: 'iam', user: 'last' } });
    expect(shownUser(draft({ user: 'typed' }), shop, [last])).toBe('typed');
    expect(shownUser(draft(), shop, [last])).toBe('last');
    expect(shownUser(draft(), shop, [])).toBe('app_iam');
    expect(shownUser(draft({ method: 'password' }), shop, [last])).toBe('postgres');
  });
});

describe('what is filled in', () => {
  it.each([
    ['iam', { method: 'iam', user: 'app_iam' }],
    ['secret', { method: 'secret' }],
    ['password', { method: 'password', user: 'app_iam', password: 'pw' }],
  ] as const)('becomes a login by %s', (method, login) => {
    expect(read(draft({ method, password: 'pw' }))).toEqual({ request: { resource: shop, login, options: {} } });
  });

  it('becomes a login that asks nothing, by identity', () => {
    const given = read(draft({ method: 'identity' }, warehouse), '', warehouse);
    expect(given).toMatchObject({ request: { login: { method: 'identity' } } });
  });

  it('becomes a login as a user that is named, by a temporary password', () => {
    expect(read(draft({ method: 'temporary' }, warehouse), 'bi', warehouse)).toMatchObject({
      request: { login: { method: 'temporary', user: 'bi' } },
    });
    expect(read(draft({ method: 'temporary' }, warehouse), ' ', warehouse)).toMatchObject({
      errors: { user: expect.any(String) },
    });
  });

  it('names another secret only where one is wanted', () => {
    const other = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:mine';
    expect(read(draft({ method: 'secret', secret: 'other', secretArn: other }))).toMatchObject({
      request: { login: { method: 'secret', secretArn: other } },
    });
    expect(read(draft({ method: 'secret', secret: 'other', secretArn: 'mine' }))).toEqual({
      errors: { secretArn: 'This is not the ARN of a secret.' },
    });
    expect(read(draft({ method: 'secret', secretArn: 'mine' }))).toHaveProperty('request');
  });

  it('carries the endpoint and the role', () => {
    expect(read(draft({ endpoint: 'reader', roleArn, externalId: 'kontor-7' }))).toMatchObject({
      request: { endpoint: 'reader', assume: { roleArn, externalId: 'kontor-7' } },
    });
    expect(read(draft({ roleArn: 'role/lodge' }))).toEqual({ errors: { roleArn: 'This is not the ARN of a role.' } });
  });

  it('says all that is missing at once', () => {
    expect(read(draft({ method: 'password' }), '')).toEqual({
      errors: { user: 'Which database user shall it be?', password: 'The password is missing.' },
    });
  });
});
