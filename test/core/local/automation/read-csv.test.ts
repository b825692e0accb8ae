import fc from 'fast-check';
import { readCsv } from '#core/local/automation/read-csv.ts';
import { csv } from '#core/output/csv.ts';
import { byColumns, column, hardText, written } from '../../output/columns.ts';

test('each row has its values by the names of the first', () => {
  expect(readCsv('day,of\r\n1,x\r\n2,y\r\n')).toEqual([
    { day: '1', of: 'x' },
    { day: '2', of: 'y' },
  ]);
});

test('lines may end with a line feed alone, and the last one needs none', () => {
  expect(readCsv('a,b\n1,\n,2')).toEqual([
    { a: '1', b: '' },
    { a: '', b: '2' },
  ]);
  expect(readCsv('a,b\n1,')).toEqual([{ a: '1', b: '' }]);
});

test('a row that is too short has empty values, and what is too much is left out', () => {
  expect(readCsv('a,b\n1\n1,2,3\n')).toEqual([
    { a: '1', b: '' },
    { a: '1', b: '2' },
  ]);
});

test.each(['', 'a,b\r\n'])('there are no rows in %j', (text) => {
  expect(readCsv(text)).toEqual([]);
});

test.each(['a\n"b', 'a\nb"c\n', 'a\n"b"c\n'])('a quotation mark out of place is refused: %j', (text) => {
  expect(() => readCsv(text)).toThrow(SyntaxError);
});

test('what a run writes is read back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(hardText, hardText)), (rows) => {
      const text = written(csv, [column('one'), column('the "other"')], byColumns(rows, 2)).toString();
      expect(readCsv(text)).toEqual(rows.map(([one, other]) => ({ one, 'the "other"': other })));
    }),
  );
});
