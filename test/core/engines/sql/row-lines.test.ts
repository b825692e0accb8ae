import fc from 'fast-check';
import { ResultRecord } from '#contract/results.ts';
import { RowLines } from '#core/engines/sql/row-lines.ts';

/** The lines that come out, as they would be read. */
function collect(columns: number) {
  const lines: string[] = [];
  const rows = new RowLines(
    Array.from({ length: columns }, () => false),
    (line) => {
      lines.push(new TextDecoder().decode(line));
    },
  );
  const add = (values: readonly (string | null)[], size = 100): void => {
    for (const [index, value] of values.entries()) put(rows, index, value);
    rows.row(size);
  };
  return { lines, rows, add, records: () => lines.map((line) => ResultRecord.parse(JSON.parse(line))) };
}

function put(rows: RowLines, index: number, value: string | null): void {
  const bytes = new TextEncoder().encode(value ?? '');
  if (value === null) rows.columns[index]?.null();
  else rows.columns[index]?.text(bytes, new DataView(bytes.buffer), 0, bytes.length);
}

describe('lines of rows', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('are records of the contract, one a line, by columns', () => {
    const { rows, add, lines, records } = collect(2);
    add(['1', 'a']);
    add(['2', null]);
    rows.flush();
    expect(lines[0]?.endsWith('\n')).toBe(true);
    expect(records()).toEqual([
      {
        type: 'rows',
        count: 2,
        values: [
          ['1', '2'],
          ['a', null],
        ],
      },
    ]);
  });

  it('hold rows without columns', () => {
    const { rows, add, records } = collect(0);
    add([]);
    add([]);
    rows.flush();
    expect(records()).toEqual([{ type: 'rows', count: 2, values: [] }]);
  });

  it('leave at once when the first rows have come, and later when they are old', () => {
    const { rows, add, lines } = collect(1);
    add(['1']);
    rows.pause();
    expect(lines).toHaveLength(1);
    add(['2']);
    rows.pause();
    rows.pause();
    expect(lines).toHaveLength(1);
    jest.advanceTimersByTime(50);
    expect(lines).toHaveLength(2);
    rows.pause();
    jest.advanceTimersByTime(1_000);
    expect(lines).toHaveLength(2);
  });

  it('leave when they are large', () => {
    const { add, lines } = collect(1);
    for (let i = 0; i < 10; i += 1) add(['x'], 60_000);
    expect(lines).toHaveLength(3);
  });

  it('are forgotten when nobody wants them', () => {
    const { rows, add, lines } = collect(1);
    add(['1']);
    rows.pause();
    add(['2']);
    rows.pause();
    rows.drop();
    jest.advanceTimersByTime(1_000);
    rows.flush();
    expect(lines).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('give back all rows in their order, however they are cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 150_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(sizes, (all) => {
        const { rows, add, records } = collect(1);
        for (const [index, size] of all.entries()) {
          add([String(index)], size);
          if (size % 3 === 0) rows.pause();
        }
        rows.flush();
        const values = records().flatMap((record) => (record.type === 'rows' ? (record.values[0] ?? []) : []));
        expect(values).toEqual(all.map((_, index) => String(index)));
      }),
    );
  });
});
