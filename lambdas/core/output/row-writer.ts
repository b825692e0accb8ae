import type { ResultColumn } from '#contract/results.ts';
import type { Cells } from './cells.ts';

/** The bytes of a file that are ready, one piece behind the other; good until more are asked for. */
export type Pieces = readonly Uint8Array[];

/** Turns the rows of one result into the bytes of a file. */
export interface RowWriter {
  /** What stands before all rows. */
  begin(): Pieces;
  /** What is ready to be written after these rows; may be nothing, for some formats gather rows. Errors: OUTPUT_FAILED. */
  rows(cells: Cells): Pieces;
  /** What is left when there are no more. */
  end(): Pieces;
}

export type MakeRowWriter = (columns: readonly ResultColumn[]) => RowWriter;

export const NOTHING: Pieces = [];
