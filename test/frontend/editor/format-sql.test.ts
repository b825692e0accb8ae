import { formatSql } from '../../../frontend/src/editor/format-sql.ts';

test('a statement is laid out, with its keywords in capitals', () => {
  expect(formatSql('select a,b from t where x=1', 'postgresql')).toBe('SELECT\n  a,\n  b\nFROM\n  t\nWHERE\n  x = 1');
});

test('every dialect has its formatter', () => {
  expect(formatSql('select `a` from t', 'mysql')).toContain('`a`');
  expect(formatSql('select "a"::text from t', 'postgresql')).toContain('"a"::text');
  expect(formatSql('select 1', 'redshift')).toContain('1');
  expect(formatSql('select "a" from "t"', 'sql')).toContain('"a"');
});

test('what cannot be understood throws', () => {
  expect(() => formatSql('select (1', 'postgresql')).toThrow();
});
