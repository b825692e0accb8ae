/** The two ways in which the rows of an engine's database are read, and the rows that there are. */
import type { Connection, Login, Target } from '#core/engines/engine.ts';

/** What is read: so many rows, and ten times so many, of the same kind. */
export interface Sizes {
  readonly few: number;
  readonly many: number;
}

/** Of a database that listens somewhere; a service's is its reader's own. */
export interface DatabaseDoor {
  readonly target: Target;
  readonly login: Login;
}

/** `Door` is how a client reaches the database; JSON can hold it, for readers live in processes of their own. */
export interface Reader<Door> {
  /** Takes rows with the driver alone, as it hands them out, and keeps none. Gives how many came. */
  raw(door: Door, rows: number): Promise<number>;
  /** Lodge's way to the same door. */
  connect(door: Door, signal: AbortSignal): Promise<Connection>;
  /** What asks the engine for the same rows. */
  statement(rows: number): string;
}
