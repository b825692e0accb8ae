import fc from 'fast-check';
import { StringRows } from '#core/engines/sql/string-rows.ts';

const gather = (rows: readonly (readonly (string | null)[])[], maxRows = Number.POSITIVE_INFINITY) => {
  const lines: Uint8Array[] = [];
  let cuts = 0;
  const taken = new StringRows({
    quoted: rows[0]?.map(() => false) ?? [],
    maxRows,
    emit: (line) => lines.push(line),
    onCut: () => {
      cuts += 1;
    },
  });
  for (const row of rows) taken.strings(row);
  taken.flush();
  const records = lines.map((line) => JSON.parse(new TextDecoder().decode(line)) as { values: (string | null)[][] });
  const columns = rows[0]?.map((_, column) => records.flatMap(({ values }) => values[column] ?? [])) ?? [];
  return { columns, cuts, rows: taken.rows };
};

describe('rows of strings', () => {
  it('arrive by columns, whatever text they hold', () => {
    const value = fc.option(fc.string({ unit: 'grapheme', maxLength: 3_000 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 }), (rows) => {
        expect(gather(rows).columns).toEqual([rows.map(([a]) => a), rows.map(([, b]) => b)]);
      }),
    );
  });

  it('may be longer than all room that there was before', () => {
    const long = '😀'.repeat(1_000_000);
    expect(gather([['a'], [long], ['b'], [null]]).columns).toEqual([['a', long, 'b', null]]);
  });

  it('end at the limit, which is told once', () => {
    expect(gather([['1'], ['2'], ['3'], ['4']], 2)).toEqual({ columns: [['1', '2']], cuts: 1, rows: 2 });
  });
});
