import { type Store, useStore } from '../../app/store.ts';
import { isMac, keyText } from '../../commands/keys.ts';
import { Button, IconButton } from '../../components/button.tsx';
import type { RunScope } from '../../editor/editor-keys.ts';
import styles from './query.module.css';
import type { CurrentRun } from './query-session.ts';
import type { Bounds, RunOptions } from './run-options.ts';
import { RunOptionsMenu } from './run-options-menu.tsx';
import { isRunning } from './run-state.ts';
import { useTicks } from './use-ticks.ts';
import { count, duration, phaseText } from './wording.ts';

interface RunToolbarProps {
  readonly current: CurrentRun | undefined;
  readonly options: Store<RunOptions>;
  readonly bounds: Bounds;
  readonly canFormat: boolean;
  onRun(scope: RunScope): void;
  onCancel(): void;
  onFormat(): void;
  /** Builds the statement with a form; absent where the engine has none. */
  readonly onBuild: (() => void) | undefined;
}

/** What can be done with the text of a tab, and how far it has come. Nothing in it moves when a run begins or ends. */
export function RunToolbar({
  current,
  options,
  bounds,
  canFormat,
  onRun,
  onCancel,
  onFormat,
  onBuild,
}: RunToolbarProps) {
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Statement">
      {current ? (
        <RunButtons key="run" current={current} onRun={onRun} onCancel={onCancel} />
      ) : (
        <Buttons running={false} cancelling={false} onRun={onRun} onCancel={onCancel} />
      )}
      {canFormat && (
        <IconButton
          icon="format"
          label="Format the selection or the whole text"
          keys="Shift+Alt+F"
          onClick={onFormat}
        />
      )}
      {onBuild && (
        <Button
          look="quiet"
          size="small"
          icon="filter"
          title={`Build the statement with a form (${keyText('Alt+Q', isMac())})`}
          onClick={onBuild}
        >
          Build…
        </Button>
      )}
      {current && <Progress current={current} />}
      <span className={styles.fill} />
      <RunOptionsMenu options={options} bounds={bounds} />
    </div>
  );
}

type ButtonActions = Pick<RunToolbarProps, 'onRun' | 'onCancel'>;

function RunButtons({ current, ...actions }: { current: CurrentRun } & ButtonActions) {
  const state = useStore(current.run.state);
  return <Buttons running={isRunning(state)} cancelling={state.phase === 'cancelling'} {...actions} />;
}

function Buttons(props: { running: boolean; cancelling: boolean } & ButtonActions) {
  const { running, cancelling, onRun, onCancel } = props;
  const mac = isMac();
  return (
    <>
      <Button
        look="primary"
        size="small"
        icon="play"
        disabled={running}
        title={`Run the statement under the cursor, or the selection (${keyText('Mod+Enter', mac)})`}
        onClick={() => onRun('statement')}
      >
        Run
      </Button>
      <Button
        look="quiet"
        size="small"
        icon="playAll"
        disabled={running}
        title={`Run the whole text (${keyText('Mod+Shift+Enter', mac)} or F5)`}
        onClick={() => onRun('all')}
      >
        Run all
      </Button>
      <Button
        look="quiet"
        size="small"
        icon="stop"
        className={running ? styles.cancel : undefined}
        disabled={!running || cancelling}
        title="Stop the statement in the database"
        onClick={onCancel}
      >
        Cancel
      </Button>
    </>
  );
}

/** Rows and time as they pass; the end is read out. */
function Progress({ current }: { current: CurrentRun }) {
  const state = useStore(current.run.state);
  const running = isRunning(state);
  const now = useTicks(running);
  const elapsed = state.elapsedMs ?? Math.max(0, now - state.startedAt);
  const said = `${phaseText(state)} ${count(state.rows, 'row')} in ${duration(elapsed)}`;
  return (
    <>
      <span className={styles.progress} data-phase={state.phase}>
        {running && <i className={styles.spinner} aria-hidden="true" />}
        <span className={styles.phase}>{phaseText(state)}</span>
        <span>{count(state.rows, 'row')}</span>
        <span>{duration(elapsed)}</span>
      </span>
      <span className="visually-hidden" role="status">
        {running ? phaseText(state) : said}
      </span>
    </>
  );
}
