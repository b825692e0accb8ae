import { onlyReads } from '#core/engines/sqlserver/only-reads.ts';

describe('a batch that only reads', () => {
  it.each([
    'select * from t',
    '-- update\n  SELECT [into], \'exec\', "set" from t /* delete */',
    'with a as (select 1 as b) select * from a union all select 2',
  ])('%s', (batch) => {
    expect(onlyReads(batch)).toBe(true);
  });

  it.each([
    'select * into u from t',
    'select 1 update t set a = 1',
    'exec p',
    'p',
    'select 1; EXEC p',
    'with a as (select 1 as b) delete from a',
    'declare @a int select @a',
  ])('is not %s', (batch) => {
    expect(onlyReads(batch)).toBe(false);
  });
});
