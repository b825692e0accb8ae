/** What one tab has run last: the run, and the grids of its results. Lives as long as the tab. */
import type { EngineInfo } from '#contract/engines.ts';
import { createStore, type Store } from '../../app/store.ts';
import type { SentText } from '../../editor/sent-text.ts';
import { GridModel } from '../../grid/grid-model.ts';
import type { SortWorker } from '../../grid/sort-column.ts';
import type { RunParameters } from '../scripts/declared.ts';
import { type Charges, charged, NO_CHARGES } from './meter.ts';
import { Run, type RunPorts, type RunRequest } from './run.ts';
import { isRunning, type ResultSet } from './run-state.ts';

export interface CurrentRun {
  readonly run: Run;
  /** The script that was sent, and where it began in the editor. */
  readonly script: SentText;
  readonly maxRows: number;
  readonly dialect: EngineInfo['dialect'];
  readonly parameters?: RunParameters | undefined;
}

export interface RunAsked extends Omit<RunRequest, 'script'> {
  readonly script: SentText;
  readonly dialect: EngineInfo['dialect'];
}

export class QuerySession {
  readonly current: Store<CurrentRun | undefined> = createStore<CurrentRun | undefined>(undefined);
  /** What all runs of the tab were charged. */
  readonly charges: Store<Charges> = createStore(NO_CHARGES);
  readonly #ports: RunPorts;
  readonly #makeWorker: () => SortWorker;
  #grids = new Map<number, GridModel>();

  constructor(ports: RunPorts, makeWorker: () => SortWorker) {
    this.#ports = { ...ports, charge: (consumed) => this.charges.set((now) => charged(now, consumed)) };
    this.#makeWorker = makeWorker;
  }

  get running(): boolean {
    const current = this.current.get();
    return current !== undefined && isRunning(current.run.state.get());
  }

  /** Runs a script in the place of the last one, whose results go. While one runs, nothing else does. */
  start({ script, dialect, ...request }: RunAsked): void {
    if (this.running) return;
    this.#closeGrids();
    const run = new Run({ ...request, script: script.text }, this.#ports);
    const { maxRows, parameters } = request;
    this.current.set({ run, script, maxRows, dialect, parameters });
  }

  async cancel(): Promise<void> {
    await this.current.get()?.run.cancel();
  }

  /** The grid of a result: the same one, however often it is asked for. */
  gridOf(result: ResultSet): GridModel {
    const known = this.#grids.get(result.id);
    if (known) return known;
    const dialect = this.current.get()?.dialect ?? 'postgres';
    const grid = new GridModel(result.store, { dialect, makeWorker: this.#makeWorker });
    this.#grids.set(result.id, grid);
    return grid;
  }

  /** The tab is closed: what runs is stopped. */
  dispose(): void {
    this.current.get()?.run.dispose();
    this.#closeGrids();
  }

  #closeGrids(): void {
    for (const grid of this.#grids.values()) grid.dispose();
    this.#grids = new Map();
  }
}
