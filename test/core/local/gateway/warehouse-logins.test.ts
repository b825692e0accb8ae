import { temporaryPasswords } from '#core/local/account/temporary-passwords.ts';
import { WAREHOUSE_USERS, warehouseLogins } from '#core/local/gateway/warehouse-logins.ts';

const temporary = temporaryPasswords(Buffer.alloc(32, 3));
const arn = 'arn:aws:redshift:eu-central-1:111122223333:cluster:warehouse';
const verifier = warehouseLogins({ arn, temporary, passwords: { analyst: 'typed' } });

const grant = { warehouse: arn, user: 'IAM:ada', role: 'IAM:ada', made: true, database: 'dev' };
const issue = (changes: Partial<typeof grant> = {}) => temporary.issue({ ...grant, ...changes }, 900);
const admit = (user: string, password: string, changes: { database?: string; now?: number } = {}) =>
  verifier.admit({ user, password, database: 'dev', port: 1, now: Date.now(), ...changes });

test('a password of minutes lets its user in, who is made where it is missing', () => {
  expect(admit('IAM:ada', issue().password)).toEqual({ role: 'IAM:ada', group: WAREHOUSE_USERS });
});

test('that of a user that is named lets in who is there already', () => {
  const { password } = issue({ user: 'IAM:analyst', role: 'analyst', made: false });
  expect(admit('IAM:analyst', password)).toEqual({ role: 'analyst' });
});

test('it ends when it says', () => {
  const { password, expiresAt } = issue();
  expect(admit('IAM:ada', password, { now: expiresAt.getTime() - 1 })).toBeDefined();
  expect(admit('IAM:ada', password, { now: expiresAt.getTime() })).toBeUndefined();
});

test.each([
  ['another user', () => admit('IAM:ben', issue().password)],
  ['another database', () => admit('IAM:ada', issue().password, { database: 'prod' })],
  ['another warehouse', () => admit('IAM:ada', issue({ warehouse: `${arn}-2` }).password)],
  ['somebody who made it up', () => admit('IAM:ada', 'made-up')],
  ['a user who has a password', () => admit('analyst', issue({ user: 'analyst', role: 'analyst' }).password)],
])('it is no password for %s', (_title, attempt) => {
  expect(attempt()).toBeUndefined();
});

test('a user’s own password lets it in, and no other does', () => {
  expect(admit('analyst', 'typed')).toEqual({ role: 'analyst' });
  expect(admit('analyst', 'typed ')).toBeUndefined();
  expect(admit('toString', '')).toBeUndefined();
});
