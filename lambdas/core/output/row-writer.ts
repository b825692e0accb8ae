import type { ResultColumn, Value } from '#contract/results.ts';

/** Rows as the stream of results carries them, by columns: `values[column][row]`. */
export interface Rows {
  readonly count: number;
  readonly values: readonly (readonly Value[])[];
}

/** Turns the rows of one result into the bytes of a file, piece by piece. */
export interface RowWriter {
  /** What stands before all rows; empty where nothing does. */
  begin(): Uint8Array;
  /** What is ready to be written after these rows; may be empty, for some formats gather rows. Errors: OUTPUT_FAILED. */
  rows(rows: Rows): Uint8Array;
  /** What is left when there are no more. */
  end(): Uint8Array;
}

export type MakeRowWriter = (columns: readonly ResultColumn[]) => RowWriter;

export const NOTHING = new Uint8Array();
