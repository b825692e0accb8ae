import { doneRecord, noticeRecord } from '#core/engines/pg-wire/records.ts';

const done = (tag: string, more = {}) =>
  doneRecord({
    statement: 0,
    text: 'select 1',
    tag,
    rows: 0,
    truncated: false,
    begun: performance.now(),
    returnsRows: false,
    ...more,
  });

describe('the record of a statement that is done', () => {
  it.each([
    ['INSERT 0 5', 'INSERT', 5],
    ['UPDATE 0', 'UPDATE', 0],
    ['SELECT 7', 'SELECT', 7],
    ['CREATE TABLE', 'CREATE TABLE', undefined],
    ['REFRESH MATERIALIZED VIEW', 'REFRESH MATERIALIZED VIEW', undefined],
    ['COPY 12', 'COPY', 12],
  ])('reads %s', (tag, command, affected) => {
    const record = done(tag);
    expect([record.command, record.affected]).toEqual([command, affected]);
    expect('affected' in record).toBe(affected !== undefined);
  });

  it('takes the rows of a query for no affected ones, but those of RETURNING', () => {
    expect(done('SELECT 7', { returnsRows: true })).not.toHaveProperty('affected');
    expect(done('DELETE 7', { returnsRows: true }).affected).toBe(7);
  });

  it.each([
    ['-- why\n/* how * ** / */ update t set a = 1 returning a', 'UPDATE'],
    ['  (select 1)', 'SELECT'],
    ['with x as (select 1) select 2', 'WITH'],
  ])('names the command of %j by its first word where it was cut', (text, command) => {
    expect(done('', { text, truncated: true }).command).toBe(command);
  });
});

describe('the record of a notice', () => {
  it('has the fields that were said, and no others', () => {
    expect(noticeRecord({ severity: 'WARNING', message: 'so', code: '01000', hint: undefined })).toEqual({
      type: 'notice',
      severity: 'WARNING',
      message: 'so',
      code: '01000',
    });
    expect(noticeRecord({})).toEqual({ type: 'notice', severity: 'NOTICE', message: '' });
  });
});
