/** A value as the grid shows it and as it is copied for a spreadsheet. */
import type { ResultColumn, Value } from '#contract/results.ts';

/** As much of a value as a cell can show. */
const CELL_LENGTH = 300;
const BOOLEANS: Readonly<Record<string, string>> = { t: 'true', f: 'false', '1': 'true', '0': 'false' };

/** The whole text; a boolean is spelled out, everything else is as the database printed it. */
export const plainText = (value: string, kind: ResultColumn['kind']): string =>
  kind === 'boolean' ? (BOOLEANS[value] ?? value) : value;

/** One line of it, with a mark where lines end. NULL is the cell's to show. */
export function cellText(value: string, kind: ResultColumn['kind']): string {
  const text = value.length > CELL_LENGTH ? `${value.slice(0, CELL_LENGTH)}…` : value;
  return plainText(text, kind)
    .replaceAll(/\r\n|\n|\r/g, '⏎')
    .replaceAll('\t', '⇥');
}

/** Numbers stand right, so that their digits stand under each other. */
export const alignsRight = (kind: ResultColumn['kind']): boolean => kind === 'number';

/** What a screen reader says of a cell. */
export const spokenText = (value: Value, kind: ResultColumn['kind']): string =>
  value === null ? 'NULL' : value === '' ? 'empty' : cellText(value, kind);
