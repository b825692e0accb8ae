/** How statements are run: how many rows are read, and how long a statement may take. Remembered in this browser. */
import * as z from 'zod';
import { ROW_LIMIT } from '#contract/results.ts';
import { type Limits, LONGEST_SECONDS } from '#contract/settings.ts';
import { createStore, type Store } from '../../app/store.ts';

export const ROW_CHOICES = [1_000, 100_000, 1_000_000, ROW_LIMIT] as const;
/** How much of a table is read when it is opened: a glance, which no production database feels. */
export const OPENING_ROWS = ROW_CHOICES[0];
/** In seconds; the longest is what the server takes. */
export const TIMEOUT_CHOICES = [10, 60, 300, 840] as const;

const RunOptions = z.object({
  maxRows: z.number().int().min(1).max(ROW_LIMIT),
  timeoutSeconds: z.number().int().min(1).max(840),
});
export type RunOptions = z.infer<typeof RunOptions>;

const FIRST: RunOptions = { maxRows: 1_000_000, timeoutSeconds: 300 };
const STORED_AS = 'lodge-run-options';

/** What the instance lets one statement take; the server holds to it, whatever is asked. */
export type Bounds = Pick<Limits, 'rows' | 'seconds'>;
/** Where the instance says none: what the server takes. */
export const WIDEST: Bounds = { rows: ROW_LIMIT, seconds: LONGEST_SECONDS };

/** The options as they will count. */
export const within = ({ maxRows, timeoutSeconds }: RunOptions, { rows, seconds }: Bounds): RunOptions => ({
  maxRows: Math.min(maxRows, rows),
  timeoutSeconds: Math.min(timeoutSeconds, seconds),
});

/** The choices that the instance allows, its own limit the last. */
export const choicesUpTo = (choices: readonly number[], most: number): number[] => [
  ...choices.filter((choice) => choice < most),
  most,
];

/** The choice that reads more than this one; undefined at the last. */
export const moreRows = (rows: number, most: number): number | undefined =>
  choicesUpTo(ROW_CHOICES, most).find((choice) => choice > rows);

export function loadRunOptions(storage: Pick<Storage, 'getItem' | 'setItem'>): Store<RunOptions> {
  const options = createStore(read(storage));
  options.subscribe(() => {
    try {
      storage.setItem(STORED_AS, JSON.stringify(options.get()));
    } catch {
      // A browser that keeps nothing begins with the first options next time.
    }
  });
  return options;
}

function read(storage: Pick<Storage, 'getItem'>): RunOptions {
  try {
    return RunOptions.parse(JSON.parse(storage.getItem(STORED_AS) ?? 'null'));
  } catch {
    return FIRST;
  }
}
