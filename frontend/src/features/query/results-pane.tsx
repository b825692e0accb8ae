import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { type Store, useStore } from '../../app/store.ts';
import { IconButton } from '../../components/button.tsx';
import { Messages } from './messages.tsx';
import type { loadPaneSizes } from './pane-sizes.ts';
import styles from './query.module.css';
import type { CurrentRun, QuerySession } from './query-session.ts';
import { ResultView } from './result-view.tsx';
import { isRunning, type ResultSet, type RunState, type Span } from './run-state.ts';
import { type Shape, ShapeSwitch } from './shape-switch.tsx';
import { type ResultTab, shownTab } from './shown-result.ts';
import { resultName } from './wording.ts';

interface ResultsPaneProps {
  readonly session: QuerySession;
  readonly current: CurrentRun;
  readonly sizes: ReturnType<typeof loadPaneSizes>;
  readonly valueOpen: Store<boolean>;
  /** Of results that have a column with whole documents. */
  readonly shape: Store<Shape>;
  onReveal(span: Span): void;
  /** What the instance lets one result have. */
  readonly mostRows: number;
  onReadMore(result: ResultSet): void;
}

/** One tab for each result of the last run, and one for what it said. */
export function ResultsPane(props: ResultsPaneProps) {
  const { session, current, sizes, mostRows, valueOpen, shape, onReveal, onReadMore } = props;
  const state = useStore(current.run.state);
  const open = useStore(valueOpen);
  const [picked, setPicked] = useState<ResultTab>();
  const id = useId();
  const shown = shownTab(state, picked);
  const result = state.results.find((one) => one.id === shown);
  const documents = result?.store.columns.findIndex(({ document }) => document) ?? -1;
  const asDocuments = useStore(shape) === 'document' && documents >= 0;
  return (
    <section className={styles.results} aria-label="Results">
      <ResultTabs id={id} state={state} shown={shown} onPick={setPicked}>
        {documents >= 0 && <ShapeSwitch shape={shape} />}
        {result && !asDocuments && (
          <IconButton
            icon="details"
            label={open ? 'Close the value' : 'Show the active value whole'}
            keys="Enter"
            aria-pressed={open}
            onClick={() => valueOpen.set(!open)}
          />
        )}
      </ResultTabs>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`} className={styles.panel}>
        {result ? (
          <ResultView
            key={result.id}
            result={result}
            model={session.gridOf(result)}
            name={resultName(result, state.results)}
            sizes={sizes}
            valueOpen={open && !asDocuments}
            documents={asDocuments ? documents : undefined}
            onValueOpen={valueOpen.set}
            maxRows={current.maxRows}
            mostRows={mostRows}
            onReadMore={isRunning(state) ? undefined : () => onReadMore(result)}
          />
        ) : (
          <Messages messages={state.messages} script={current.script} onReveal={onReveal} />
        )}
      </div>
    </section>
  );
}

interface ResultTabsProps {
  readonly id: string;
  readonly state: RunState;
  readonly shown: ResultTab;
  onPick(tab: ResultTab): void;
  readonly children: React.ReactNode;
}

function ResultTabs({ id, state, shown, onPick, children }: ResultTabsProps) {
  const failed = state.messages.some(({ kind }) => kind === 'error');
  const tabs: ResultTab[] = [...state.results.map((result) => result.id), 'messages'];
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(shown);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onPick(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  // A tab far to the right is brought into view when it comes to the front.
  useEffect(() => {
    document.getElementById(`${id}-${shown}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [id, shown]);
  const tab = (key: ResultTab, content: React.ReactNode) => (
    <button
      key={key}
      type="button"
      role="tab"
      id={`${id}-${key}`}
      aria-selected={shown === key}
      aria-controls={`${id}-panel`}
      tabIndex={shown === key ? 0 : -1}
      className={styles.resultTab}
      data-last={key === 'messages' ? '' : undefined}
      onClick={() => onPick(key)}
    >
      {content}
    </button>
  );
  return (
    <div className={styles.resultTabs}>
      <div role="tablist" aria-label="Results" className={styles.strip} onKeyDown={onKeyDown}>
        {state.results.map((result) =>
          tab(result.id, <ResultTitle result={result} name={resultName(result, state.results)} />),
        )}
        {tab(
          'messages',
          <>
            Messages
            <span className={styles.badge} data-failed={failed ? '' : undefined}>
              {state.messages.length.toLocaleString('en')}
            </span>
          </>,
        )}
      </div>
      <span className={styles.fill} />
      {children}
    </div>
  );
}

function ResultTitle({ result, name }: { result: ResultSet; name: string }) {
  return (
    <>
      {result.state === 'streaming' && <i className={styles.dot} aria-hidden="true" />}
      {name}
      {(result.state === 'partial' || result.state === 'truncated') && (
        <span
          className={styles.mark}
          title={result.state === 'partial' ? 'Not all rows arrived' : 'There are more rows'}
        >
          {result.state === 'partial' ? '!' : '+'}
        </span>
      )}
    </>
  );
}
