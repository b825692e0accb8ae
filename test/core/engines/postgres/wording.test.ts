import { WORDING } from '#core/engines/postgres/wording.ts';

const token = 'shop.example:5432/?Action=connect&X-Amz-Signature=0123';

describe("PostgreSQL's own words", () => {
  it('tell what an IAM login needs, and only of one', () => {
    expect(WORDING.loginHint({ user: 'app', password: token })).toMatch(/rds_iam.*rds-db:connect/);
    expect(WORDING.loginHint({ user: 'app', password: 'the very secret' })).toBeUndefined();
  });
});
