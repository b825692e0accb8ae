/** Numbers and ends as sentences. */
import type { ResultSet, RunMessage, RunState } from './run-state.ts';

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** `3 ms`, `1.24 s`, `2:05 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}

type Done = Extract<RunMessage, { kind: 'done' }>;

/** What a statement did: its command, and how many rows it gave or changed. */
export function outcome({ command, rows, affected }: Done): string {
  if (affected !== undefined) return `${command} · ${count(affected, 'row')} affected`;
  return rows > 0 ? `${command} · ${count(rows, 'row')}` : command;
}

/** What a result's rows are of: the one table that its columns come from, else its number. */
export function resultName({ store }: ResultSet, number: number): string {
  const names = new Set(store.columns.map(({ table }) => table?.name));
  names.delete(undefined);
  const [name] = names;
  return names.size === 1 && name ? name : `Result ${number}`;
}

const PHASES: Readonly<Record<RunState['phase'], string>> = {
  connecting: 'Connecting…',
  waiting: 'Waiting for the database…',
  streaming: 'Running…',
  cancelling: 'Cancelling…',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  cut: 'Cut off',
  declined: 'Not run',
};
export const phaseText = ({ phase }: RunState): string => PHASES[phase];

/** What a statement was charged, where it went, and what the run was charged so far. */
export function charge({ units, indexes = {}, total }: NonNullable<Done['consumed']>): string {
  const parts = Object.entries(indexes).map(([name, some]) => `${some.toLocaleString('en')} of them from ${name}`);
  const sum = total > units ? [`${total.toLocaleString('en')} in all`] : [];
  const beside = [...parts, ...sum].join(', ');
  return `${count(units, 'capacity unit')}${beside && ` (${beside})`}`;
}
