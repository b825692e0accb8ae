import type { ResultColumn } from '#contract/results.ts';
import type { Cells } from './cells.ts';

/** Turns the rows of one result into the bytes of a file, piece by piece. A piece is good until the next is asked for. */
export interface RowWriter {
  /** What stands before all rows; empty where nothing does. */
  begin(): Uint8Array;
  /** What is ready to be written after these rows; may be empty, for some formats gather rows. Errors: OUTPUT_FAILED. */
  rows(cells: Cells): Uint8Array;
  /** What is left when there are no more. */
  end(): Uint8Array;
}

export type MakeRowWriter = (columns: readonly ResultColumn[]) => RowWriter;

export const NOTHING = new Uint8Array();
