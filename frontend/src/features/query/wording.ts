/** Numbers and ends as sentences. */
import type { Consumed } from '#contract/results.ts';
import type { Bounds } from './run-options.ts';
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

/** `10 s`, `5 min`, `90 s`: how long a statement may take. */
export const timeText = (seconds: number): string =>
  seconds < 60 || seconds % 60 !== 0 ? `${seconds} s` : `${seconds / 60} min`;

/** Why not all rows came: where the choice was one's own, and where it is the instance's. */
export const stoppedText = (rows: number): string =>
  `There are more rows: reading stopped at ${rows.toLocaleString('en')}.`;
export const cutText = (rows: number): string =>
  `There are more rows: this instance reads at most ${count(rows, 'row')} of a result.`;

/** What the instance lets one statement take. */
export const limitText = ({ rows, seconds }: Bounds): string =>
  `This instance reads at most ${count(rows, 'row')} of a result, and stops a statement after ${timeText(seconds)}.`;

type Done = Extract<RunMessage, { kind: 'done' }>;

/** What a statement did: its command, and how many rows it gave or changed. */
export function outcome({ command, rows, affected }: Done): string {
  if (affected !== undefined) return `${command} · ${count(affected, 'row')} affected`;
  return rows > 0 ? `${command} · ${count(rows, 'row')}` : command;
}

/** What a result's rows are of: the one table that its columns come from, numbered where there are more; else a number. */
export function resultName(result: ResultSet, all: readonly ResultSet[]): string {
  const name = tableOf(result);
  if (!name) return `Result ${result.id + 1}`;
  const number = all.filter((other) => other.id <= result.id && tableOf(other) === name).length;
  return number > 1 ? `${name} ${number}` : name;
}

function tableOf({ store }: ResultSet): string | undefined {
  const names = new Set(store.columns.flatMap(({ table }) => table?.name ?? []));
  const [name] = names;
  return names.size === 1 ? name : undefined;
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
export function charge({ kind, units, indexes = {}, total }: Consumed & { readonly total: number }): string {
  const parts = Object.entries(indexes).map(([name, some]) => `${some.toLocaleString('en')} of them from ${name}`);
  const sum = total > units ? [`${total.toLocaleString('en')} in all`] : [];
  const beside = [...parts, ...sum].join(', ');
  return `${count(units, `${kind} capacity unit`)}${beside && ` (${beside})`}`;
}
