import { useCallback, useEffect, useRef, useState } from 'react';
import type { EngineInfo } from '#contract/engines.ts';
import type { Names } from '#contract/objects.ts';
import { call, lines } from '../../api.ts';
import { createStore, useStore } from '../../app/store.ts';
import { Split } from '../../components/split.tsx';
import { Editor } from '../../editor/editor.tsx';
import type { RunScope } from '../../editor/editor-keys.ts';
import type { SqlEditor } from '../../editor/open-editor.ts';
import { partOf, type SentText } from '../../editor/sent-text.ts';
import type { SortWorker } from '../../grid/sort-column.ts';
import { type RunParameters, usedIn } from '../scripts/declared.ts';
import type { LiveConnection } from '../workbench/connections.ts';
import { EDITOR_HEIGHT, fitted, loadPaneSizes } from './pane-sizes.ts';
import { PlanLine, usePlanWatch } from './plan-line.tsx';
import type { AskPlans } from './plan-watch.ts';
import styles from './query.module.css';
import { type CurrentRun, QuerySession } from './query-session.ts';
import { ResultsPane } from './results-pane.tsx';
import { type Bounds, loadRunOptions, moreRows, OPENING_ROWS, within } from './run-options.ts';
import { isRunning, type ResultSet, type Span } from './run-state.ts';
import { RunToolbar } from './run-toolbar.tsx';
import type { Shape } from './shape-switch.tsx';

export interface QueryTabProps {
  readonly tabId: string;
  readonly text: string;
  onText(text: string): void;
  readonly engine: EngineInfo;
  /** What the instance lets one statement take. */
  readonly bounds: Bounds;
  readonly connection: LiveConnection | undefined;
  /** Resolves the connection token; rejects when the user declined. `fresh` after CONNECTION_INVALID and CONNECTION_STALE. */
  connect(options?: { fresh?: boolean }): Promise<string>;
  /** True once, where the tab was opened to show a table: its first rows are read without being asked for. */
  takeOpening(): boolean;
  /** Asks for the values of the parameters that a text names; undefined where it names none. Rejects when declined. */
  askValues(text: string): Promise<RunParameters> | undefined;
  /** Says what a statement will read, where the engine can; absent: nothing is shown of it. */
  readonly plan: AskPlans | undefined;
  /** Lets the user build a statement with a form, from the one under the cursor; rejects when declined. */
  readonly build: ((statement: string | undefined) => Promise<BuiltStatement>) | undefined;
  /** True when the form was asked for; `onBuild` asks for it, or says that it is open. */
  readonly building: boolean;
  onBuild(asked: boolean): void;
  /** Names for completion, once they are known. */
  readonly names: Names | undefined;
  onStatus(status: { running: boolean; rows: number; elapsedMs: number } | undefined): void;
}

/** Shared by all tabs of the page. */
const options = loadRunOptions(localStorage);
const sizes = loadPaneSizes(localStorage);
const valueOpen = createStore(false);
const shape = createStore<Shape>('table');

const makeWorker = (): SortWorker =>
  new Worker(new URL('../../grid/sort.worker.ts', import.meta.url), { type: 'module', name: 'sort' });

/** An editor above, and below it what its statements gave. */
export function QueryTab(props: QueryTabProps) {
  const { tabId, text, onText, engine, bounds, connection, connect, takeOpening, names, onStatus, plan } = props;
  const editor = useRef<SqlEditor>(undefined);
  const session = useSession(connect);
  const current = useStore(session.current);
  const { editor: height } = useStore(sizes);
  const [problem, setProblem] = useState('');
  const area = `editor-${tabId}`;
  useStatus(current, onStatus);
  useErrorMark(current, editor);
  const { watch, look } = usePlan(plan, connection?.key, editor, bounds);

  const start = (script: SentText, rows: number, parameters?: RunParameters): void => {
    setProblem('');
    const limits = within({ ...options.get(), maxRows: rows }, bounds);
    session.start({ script, ...limits, dialect: engine.dialect, ...(parameters && { parameters }) });
  };
  useOpening(takeOpening, () => start({ text, from: 0, line: 1, column: 1 }, OPENING_ROWS));
  const run = (scope: RunScope): void => {
    if (session.running) return;
    const sent = editor.current?.toRun(scope);
    if (!sent) {
      setProblem('There is nothing to run: write a statement first.');
      return;
    }
    const begin = (parameters?: RunParameters) => start(sent, options.get().maxRows, parameters);
    const asked = props.askValues(sent.text);
    if (asked) asked.then(begin, () => undefined);
    else begin();
  };
  useBuilding(props, editor, () => run('statement'));
  const readMore = (result: ResultSet): void => {
    const maxRows = current && moreRows(current.maxRows, bounds.rows);
    if (!current || !maxRows) return;
    const span = result.span ?? { from: 0, to: current.script.text.length };
    options.set((now) => ({ ...now, maxRows: Math.max(now.maxRows, maxRows) }));
    const part = partOf(current.script, span);
    start(part, maxRows, current.parameters && usedIn(part.text, engine.dialect, current.parameters));
  };
  const reveal = ({ from, to }: Span): void => {
    if (current) editor.current?.reveal(current.script.from + from, current.script.from + to);
  };

  return (
    <div className={styles.tab}>
      <RunToolbar
        current={current}
        options={options}
        bounds={bounds}
        canFormat={engine.family === 'sql'}
        onRun={run}
        onCancel={() => void session.cancel()}
        onBuild={props.build && (() => props.onBuild(true))}
        onFormat={() => void editor.current?.format()}
      />
      <div id={area} className={styles.editor} style={current ? { height } : { flex: 1 }}>
        <Editor
          editor={editor}
          text={text}
          dialect={engine.dialect}
          names={names}
          onText={onText}
          onRun={run}
          onProblem={setProblem}
          onMeant={look}
        />
        {problem && (
          <p className={styles.problem} role="status">
            {problem}
          </p>
        )}
      </div>
      {plan && <PlanLine watch={watch} charges={session.charges} />}
      {current && (
        <>
          <Split
            label="Height of the editor"
            controls={area}
            side="top"
            value={height}
            {...EDITOR_HEIGHT}
            onChange={(next) => sizes.set((now) => ({ ...now, editor: fitted(next, EDITOR_HEIGHT) }))}
            onToggle={() => sizes.set((now) => ({ ...now, editor: now.editor > 120 ? EDITOR_HEIGHT.min : 230 }))}
          />
          <ResultsPane
            key={current.run.state.get().startedAt}
            session={session}
            current={current}
            sizes={sizes}
            mostRows={bounds.rows}
            valueOpen={valueOpen}
            shape={shape}
            onReveal={reveal}
            onReadMore={readMore}
          />
        </>
      )}
    </div>
  );
}

/** The tab's session: made once, told of the newest way to connect, and ended with the tab. */
function useSession(connect: QueryTabProps['connect']): QuerySession {
  const latest = useRef(connect);
  latest.current = connect;
  const [session] = useState(
    () =>
      new QuerySession(
        {
          connect: (asked) => latest.current(asked),
          stream: (body, signal) => lines('query', { body }, signal),
          cancel: (body) => call('cancel', { body }),
        },
        makeWorker,
      ),
  );
  useEffect(() => () => session.dispose(), [session]);
  return session;
}

/** Watches the statement under the cursor. What was known is forgotten with the connection. */
function usePlan(
  plan: AskPlans | undefined,
  key: string | undefined,
  editor: React.RefObject<SqlEditor | undefined>,
  bounds: Bounds,
) {
  const watch = usePlanWatch(plan);
  const { maxRows } = within(useStore(options), bounds);
  const look = useCallback(() => {
    watch.look(plan && editor.current?.meant('statement')?.text, maxRows);
  }, [watch, plan, editor, maxRows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another connection has other tables
  useEffect(() => {
    watch.forget();
    look();
  }, [watch, look, key]);
  return { watch, look };
}

interface BuiltStatement {
  readonly statement: string;
  readonly replaces: boolean;
}

/** Opens the form when it is asked for; what it gives is put into the text and run. */
function useBuilding(
  { build, building, onBuild }: Pick<QueryTabProps, 'build' | 'building' | 'onBuild'>,
  editor: React.RefObject<SqlEditor | undefined>,
  run: () => void,
): void {
  const latest = useRef({ build, onBuild, run });
  latest.current = { build, onBuild, run };
  useEffect(() => {
    if (!building) return;
    latest.current.onBuild(false);
    latest.current
      .build?.(editor.current?.meant('statement')?.text)
      .then(({ statement, replaces }) => {
        editor.current?.put(statement, { replaces });
        latest.current.run();
      })
      .catch(() => undefined);
  }, [building, editor]);
}

/** Reads a table's first rows when its tab has been opened. A timer, for React may mount a component twice to test it. */
function useOpening(takeOpening: () => boolean, open: () => void): void {
  const latest = useRef({ takeOpening, open });
  latest.current = { takeOpening, open };
  useEffect(() => {
    const timer = setTimeout(() => latest.current.takeOpening() && latest.current.open());
    return () => clearTimeout(timer);
  }, []);
}

/** Tells the workbench what runs: a few times a second, and at the end. */
function useStatus(current: CurrentRun | undefined, onStatus: QueryTabProps['onStatus']): void {
  const latest = useRef(onStatus);
  latest.current = onStatus;
  useEffect(() => {
    if (!current) return;
    const { state } = current.run;
    const tell = (): void => {
      const now = state.get();
      const elapsedMs = now.elapsedMs ?? performance.now() - now.startedAt;
      latest.current({ running: isRunning(now), rows: now.rows, elapsedMs });
    };
    tell();
    const timer = setInterval(tell, 250);
    void current.run.ended.then(() => {
      clearInterval(timer);
      tell();
    });
    return () => {
      clearInterval(timer);
      latest.current(undefined);
    };
  }, [current]);
}

/** Where the database named a place, the editor marks it. */
function useErrorMark(current: CurrentRun | undefined, editor: React.RefObject<SqlEditor | undefined>): void {
  useEffect(() => {
    if (!current) return;
    let wanted = true;
    void current.run.ended.then(() => {
      const error = current.run.state.get().messages.findLast(({ kind }) => kind === 'error');
      if (wanted && error?.kind === 'error' && error.at !== undefined)
        editor.current?.markError(current.script.from + error.at, error.message);
    });
    return () => {
      wanted = false;
    };
  }, [current, editor]);
}
