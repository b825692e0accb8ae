import { AuditEntry } from '#contract/audit.ts';
import { ENTRY_FORMATS } from '../../../../frontend/src/features/audit/entry-files.ts';
import { entry } from './entries.ts';

const { csv, jsonl } = ENTRY_FORMATS;

/** The cells of one line of a CSV (RFC 4180), by the names of the columns. */
function readCsv(line: string): Record<string, string> {
  const cells = [...line.replace(/\r\n$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  );
  const names = csv.head
    .replace(/^\uFEFF/, '')
    .trim()
    .split(',');
  expect(cells).toHaveLength(names.length);
  return Object.fromEntries(names.map((name, place) => [name, cells[place] ?? '']));
}

describe('the record as CSV', () => {
  it('has a line of names, and is UTF-8 to whoever opens it', () =>
    expect(csv.head).toMatch(/^\uFEFFat,kind,outcome,/));

  it('keeps quotes, commas and lines of a statement', () => {
    const statement = 'select "a",\r\n  \'b\'\nfrom t';
    expect(readCsv(csv.write(entry({ statement }))).statement).toBe(statement);
  });

  it.each(['=cmd|calc', '+1', '-1', '@sum', '\t=1', '\r=1', '\n=1'])('makes no formula of %j', (statement) =>
    expect(readCsv(csv.write(entry({ statement }))).statement).toBe(`'${statement}`),
  );

  it('leaves numbers alone, and what holds a sign further in', () => {
    const cells = readCsv(csv.write(entry({ statement: 'a = b', rows: 7, elapsedMs: -1 })));
    expect([cells.statement, cells.rows, cells.elapsed_ms]).toEqual(['a = b', '7', '-1']);
  });

  it('adds up what was charged, and leaves out what nobody knows', () => {
    const consumed = [
      { kind: 'read', units: 1.5 },
      { kind: 'read', units: 2 },
    ] as const;
    const cells = readCsv(csv.write(entry({ consumed: [...consumed] })));
    expect([cells.read_units, cells.write_units, cells.code]).toEqual(['3.5', '', '']);
  });

  it('has a place for every field of an entry', () => {
    // What stands in a column of another name, or in several.
    const told = ['requestId', 'user', 'databaseUser', 'assumed', 'statementLength', 'consumed', 'elapsedMs'];
    const names = new Set(
      csv.head
        .replace(/^\uFEFF/, '')
        .trim()
        .split(','),
    );
    const missing = Object.keys(AuditEntry.shape).filter((name) => !names.has(name) && !told.includes(name));
    expect(missing).toEqual([]);
  });
});

describe('the record as JSON Lines', () => {
  it('is each entry as it is, one a line', () => {
    const whole = entry({ statement: '=1\n\u2028' });
    const line = jsonl.write(whole);
    expect(line.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(line)).toEqual(whole);
  });
});
