/**
 * CSV (RFC 4180), with a header line and CR LF after each line. NULL is an empty field without quotes, and the empty string
 * one with them (`""`), as PostgreSQL's COPY tells them apart. Values are as the database printed them, and nothing is put
 * before those that a spreadsheet would take for a formula: these files are read by programs.
 */
import type { ResultColumn, Value } from '#contract/results.ts';
import { NOTHING, type Rows, type RowWriter } from './row-writer.ts';

const LINE_END = '\r\n';
const NEEDS_QUOTES = /[",\r\n]/;

export const csv = (columns: readonly ResultColumn[]): RowWriter => ({
  begin: () => Buffer.from(columns.map(({ name }) => field(name)).join(',') + LINE_END),
  rows: (rows) => Buffer.from(linesOf(rows)),
  end: () => NOTHING,
});

const linesOf = ({ count, values }: Rows): string => {
  let lines = '';
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < values.length; column += 1) {
      if (column > 0) lines += ',';
      lines += field(values[column]?.[row] ?? null);
    }
    lines += LINE_END;
  }
  return lines;
};

const field = (value: Value): string => {
  if (value === null) return '';
  return value === '' || NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
};
