import { type Dialect, writeLiteral, writeName } from '../../../frontend/src/grid/sql-names.ts';

test.each<[string, Dialect, string]>([
  ['orders', 'postgres', 'orders'],
  ['Orders', 'postgres', '"Orders"'],
  ['Orders', 'mysql', 'Orders'],
  ['order', 'postgres', '"order"'],
  ['user', 'mysql', '`user`'],
  ['2nd', 'postgres', '"2nd"'],
  ['with space', 'redshift', '"with space"'],
  ['so "called"', 'postgres', '"so ""called"""'],
  ['back`tick', 'mysql', '`back``tick`'],
  ['größe', 'postgres', '"größe"'],
  ['', 'postgres', '""'],
])('the name %s in %s is written %s', (name, dialect, written) => {
  expect(writeName(name, dialect)).toBe(written);
});

test.each<[string | null, Parameters<typeof writeLiteral>[1], Dialect, string]>([
  [null, 'number', 'postgres', 'NULL'],
  ['12345678901234567890.50', 'number', 'postgres', '12345678901234567890.50'],
  ['-1e-7', 'number', 'postgres', '-1e-7'],
  ['NaN', 'number', 'postgres', "'NaN'"],
  ['Infinity', 'number', 'postgres', "'Infinity'"],
  ['1); DROP TABLE x; --', 'number', 'postgres', "'1); DROP TABLE x; --'"],
  ['t', 'boolean', 'postgres', 'TRUE'],
  ['0', 'boolean', 'mysql', 'FALSE'],
  ["it's", 'text', 'postgres', "'it''s'"],
  ['C:\\new', 'text', 'postgres', "'C:\\new'"],
  ['C:\\new', 'text', 'mysql', "'C:\\\\new'"],
  ["\\' OR 1=1", 'text', 'mysql', "'\\\\'' OR 1=1'"],
  ['\\xdeadbeef', 'bytes', 'postgres', "'\\xdeadbeef'"],
  ['0xDEADBEEF', 'bytes', 'mysql', '0xDEADBEEF'],
  ['0x', 'bytes', 'mysql', "''"],
  ['0xDEAD; DROP', 'bytes', 'mysql', "'0xDEAD; DROP'"],
  ['0xDEAD', 'text', 'mysql', "'0xDEAD'"],
  ['{1,2}', 'array', 'postgres', "'{1,2}'"],
  ['', 'text', 'postgres', "''"],
])('the value %p as %s in %s is written %s', (value, kind, dialect, written) => {
  expect(writeLiteral(value, kind, dialect)).toBe(written);
});
