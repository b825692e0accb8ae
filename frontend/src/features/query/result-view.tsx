import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from '../../app/store.ts';
import { Split } from '../../components/split.tsx';
import { copyCells, TooMuch } from '../../grid/copy-cells.ts';
import { copyDocuments } from '../../grid/copy-documents.ts';
import type { CopyFormat } from '../../grid/copy-formats.ts';
import { Documents } from '../../grid/documents.tsx';
import { Grid } from '../../grid/grid.tsx';
import type { GridActions } from '../../grid/grid-keys.ts';
import type { GridModel } from '../../grid/grid-model.ts';
import { cellsIn, rangeOf } from '../../grid/selection.ts';
import { ValuePanel } from '../../grid/value-panel.tsx';
import { FindBar } from './find-bar.tsx';
import { GridMenu } from './grid-menu.tsx';
import { fitted, type loadPaneSizes, VALUE_WIDTH } from './pane-sizes.ts';
import styles from './query.module.css';
import { type Copying, ResultBar } from './result-bar.tsx';
import type { ResultSet } from './run-state.ts';
import { count } from './wording.ts';

interface ResultViewProps {
  readonly result: ResultSet;
  readonly model: GridModel;
  readonly name: string;
  readonly sizes: ReturnType<typeof loadPaneSizes>;
  readonly valueOpen: boolean;
  onValueOpen(open: boolean): void;
  /** The column whose documents are shown instead of the grid. */
  readonly documents: number | undefined;
  /** Runs the statement again and reads more; absent where all was read, or more cannot be. */
  readonly onReadMore: (() => void) | undefined;
  readonly maxRows: number;
  readonly mostRows: number;
}

/** One result: its grid, one value of it on demand, and what there is to say about it. */
export function ResultView({
  result,
  model,
  name,
  sizes,
  valueOpen,
  onValueOpen,
  documents,
  ...more
}: ResultViewProps) {
  const [menu, setMenu] = useState<{ x: number; y: number }>();
  const { copying, said, copy, copyAll, stop } = useCopy(model);
  const { value: width } = useStore(sizes);
  const area = useRef<HTMLDivElement>(null);
  const valueId = useId();
  const focusGrid = () => area.current?.querySelector<HTMLElement>('[role="grid"], [role="feed"]')?.focus();
  const [findOpen, setFindOpen] = useState(() => model.state.get().find !== undefined);
  const closeFind = useCallback(() => {
    void model.find('');
    setFindOpen(false);
    area.current?.querySelector<HTMLElement>('[role="grid"], [role="feed"]')?.focus();
  }, [model]);
  const actions = useMemo<GridActions>(
    () => ({
      open: () => onValueOpen(true),
      copy,
      find: () => setFindOpen(true),
      close: () => {
        if (findOpen) closeFind();
        else if (valueOpen) onValueOpen(false);
        return findOpen || valueOpen;
      },
    }),
    [copy, valueOpen, onValueOpen, findOpen, closeFind],
  );
  return (
    <div className={styles.result}>
      <div className={styles.split} ref={area}>
        <div className={styles.gridArea}>
          {findOpen && <FindBar model={model} onEnter={focusGrid} onClose={closeFind} />}
          {documents === undefined ? (
            <Grid key={result.id} model={model} label={name} actions={actions} onMenu={setMenu} />
          ) : (
            <Documents model={model} column={documents} label={name} onFind={actions.find} onClose={actions.close} />
          )}
          <NoRows result={result} model={model} />
        </div>
        {valueOpen && (
          <>
            <Split
              label="Width of the value"
              controls={valueId}
              side="right"
              value={width}
              {...VALUE_WIDTH}
              onChange={(next) => sizes.set((now) => ({ ...now, value: fitted(next, VALUE_WIDTH) }))}
              onToggle={() => onValueOpen(false)}
            />
            {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape leads back to the grid from all that is inside */}
            <div
              id={valueId}
              className={styles.value}
              style={{ width }}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                onValueOpen(false);
                focusGrid();
              }}
            >
              <ActiveValue model={model} onClose={() => onValueOpen(false)} />
            </div>
          </>
        )}
      </div>
      <ResultBar
        result={result}
        model={model}
        copying={copying}
        said={said}
        onCopy={copy}
        onStopCopy={stop}
        onFind={() => setFindOpen(true)}
        onCopyAll={documents === undefined ? undefined : () => void copyAll(documents)}
        {...more}
      />
      {menu && (
        <GridMenu
          at={menu}
          model={model}
          onCopy={copy}
          onOpen={() => onValueOpen(true)}
          onClose={() => {
            setMenu(undefined);
            focusGrid();
          }}
        />
      )}
    </div>
  );
}

/** Why the grid is empty, where it is. */
function NoRows({ result, model }: { result: ResultSet; model: GridModel }) {
  const { find } = useStore(model.state);
  const isEmpty = result.store.rows === 0 && result.state !== 'streaming';
  if (!isEmpty && find?.found !== 0) return null;
  const said = isEmpty ? EMPTY[result.state === 'partial' ? 'partial' : 'whole'] : 'No row contains this text.';
  return <p className={styles.noRows}>{said}</p>;
}
const EMPTY = { whole: 'No rows.', partial: 'No rows arrived.' } as const;

function ActiveValue({ model, onClose }: { model: GridModel; onClose(): void }) {
  const { selection } = useStore(model.state);
  const { row, column } = selection.active;
  const info = model.result.columns[column];
  if (!info || row < 0 || model.rows === 0)
    return (
      <div className={styles.noValue}>
        <p>Select a cell to see its value whole.</p>
      </div>
    );
  return <ValuePanel column={info} value={model.value(row, column)} row={row + 1} onClose={onClose} />;
}

function useCopy(model: GridModel) {
  const [copying, setCopying] = useState<Copying>();
  const [said, setSaid] = useState('');
  const stopper = useRef<AbortController>(undefined);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(''), 4_000);
    return () => clearTimeout(timer);
  }, [said]);
  useEffect(() => () => stopper.current?.abort(), []);
  const doing = useMemo(
    () => async (cells: number, unit: string, act: (watch: CopyWatch) => Promise<unknown>) => {
      stopper.current?.abort();
      const stop = new AbortController();
      stopper.current = stop;
      setSaid('');
      try {
        await act({ signal: stop.signal, onProgress: (done) => setCopying({ cells, unit, done }) });
        setSaid(`Copied ${count(cells, unit)}.`);
      } catch (error) {
        setSaid(copyProblem(error, stop.signal));
      } finally {
        setCopying(undefined);
      }
    },
    [],
  );
  const copy = useMemo(
    () => async (format: CopyFormat) => {
      const range = rangeOf(model.state.get().selection);
      const cells = cellsIn(range);
      if (cells > 0) await doing(cells, 'cell', (watch) => copyCells(model, { range, format, ...watch }));
    },
    [model, doing],
  );
  const copyAll = (column: number) => doing(model.rows, 'document', (watch) => copyDocuments(model, column, watch));
  return { copying, said, copy, copyAll, stop: () => stopper.current?.abort() };
}

interface CopyWatch {
  readonly signal: AbortSignal;
  onProgress(done: number): void;
}

function copyProblem(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'Copying was stopped.';
  if (error instanceof TooMuch) return 'This is more than a clipboard takes (250 MB). Select fewer rows.';
  return 'The browser did not allow copying.';
}
