import { AppError } from '#contract/errors.ts';
import { refuseForeignAccount, splitUserId } from '#core/session/account.ts';

test("a user's id is split into partition and account, whatever colons its end holds", () => {
  const parts = { partition: 'aws', accountId: '111122223333' };
  expect(splitUserId('aws:111122223333:AIDATESTONLY')).toEqual(parts);
  expect(splitUserId('aws:111122223333:AROATESTONLY:maria@example.org')).toEqual(parts);
});

test('a user of the bound account passes', () => {
  refuseForeignAccount('aws:111122223333:AIDA', { accountId: '111122223333', partition: 'aws' });
  refuseForeignAccount('aws-cn:111122223333:AIDA', { accountId: '111122223333' });
});

test('a user of another one is refused, and told of no account', () => {
  const refuse = () => refuseForeignAccount('aws:999988887777:AIDA', { accountId: '111122223333', partition: 'aws' });
  expect(refuse).toThrow(new AppError('ACCOUNT_REFUSED', { message: 'This instance serves another AWS account.' }));
});

test('the same number in another partition is another account', () => {
  const bound = { accountId: '111122223333', partition: 'aws' };
  expect(() => refuseForeignAccount('aws-us-gov:111122223333:AIDA', bound)).toThrow();
});
