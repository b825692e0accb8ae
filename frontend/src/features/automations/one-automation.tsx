import { useCallback, useEffect, useState } from 'react';
import { type Automation, OUTPUT_FORMATS, type Run } from '#contract/automations.ts';
import type { Returned } from '#contract/routes.ts';
import { ApiError, call } from '../../api.ts';
import { useStore } from '../../app/store.ts';
import { zonedTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Fact, Facts } from '../../components/side-panel.tsx';
import listStyles from '../pages/list.module.css';
import { PageState } from '../pages/page-state.tsx';
import { PagedTable } from '../pages/paged-table.tsx';
import { useDesk } from '../workbench/desk.ts';
import styles from './automations.module.css';
import { deleteAutomation, runNow, setPaused } from './deeds.ts';
import { openRuns } from './open-runs.ts';
import { runsLayout } from './run-columns.tsx';
import { RunPanel } from './run-panel.tsx';
import { keyPreview, limitsText, notifyText } from './run-words.ts';
import { fromNow, saySchedule, timeIn } from './schedule-words.ts';
import { useRenewal } from './use-renewal.ts';
import type { View } from './view.ts';

type Read = Returned<'automation'>;

/** Not there, or no id at all. */
const NONE: ReadonlySet<string> = new Set(['AUTOMATION_NOT_FOUND', 'INPUT_INVALID']);

interface OneProps {
  readonly id: string;
  onGo(view: View): void;
}

/** An automation: what it does, what can be done with it, and the history of its runs. */
export function OneAutomation({ id, onGo }: OneProps) {
  const [read, setRead] = useState<Read>();
  const [failure, setFailure] = useState<unknown>();
  const load = useCallback(() => {
    setFailure(undefined);
    return call('automation', { params: { id } }).then(setRead, setFailure);
  }, [id]);
  useEffect(() => void load(), [load]);
  if (failure instanceof ApiError && NONE.has(failure.code))
    return (
      <Notice
        tone="warning"
        title="There is no such automation."
        actions={<Button onClick={() => onGo({ kind: 'list' })}>All automations</Button>}
      >
        <p>It was deleted, or its link is not whole.</p>
      </Notice>
    );
  if (!read) return <PageState failure={failure} onRetry={() => void load()} />;
  return <Known automation={read.automation} ground={read.ground} onGo={onGo} onRead={load} />;
}

interface KnownProps {
  readonly automation: Automation;
  readonly ground: Read['ground'];
  onGo(view: View): void;
  onRead(): Promise<void>;
}

function Known({ automation, ground, onGo, onRead }: KnownProps) {
  const desk = useDesk();
  const { id, name, paused } = automation;
  const [runs] = useState(() => openRuns(id));
  // How many runs there were when another was begun: it is waited for until it is seen.
  const [awaited, setAwaited] = useState<string | null>();
  const state = useStore(runs.list.state);
  useEffect(() => {
    runs.list.begin();
    return () => runs.list.stop();
  }, [runs]);
  const newest = state.rows[0]?.id ?? null;
  const waits = awaited !== undefined && awaited === newest;
  useRenewal(waits || state.rows.some((run) => run.state === 'running'), runs.renew);
  const begin = async () => {
    if (await runNow(desk, automation)) {
      setAwaited(newest);
      await runs.renew();
    }
  };
  return (
    <>
      <div className={styles.tools}>
        <Button look="quiet" icon="arrowLeft" onClick={() => onGo({ kind: 'list' })}>
          All automations
        </Button>
        <h3>
          {name} {paused && <small className={listStyles.tag}>paused</small>}
        </h3>
        {ground.mayAutomate && (
          <>
            <Button look="primary" icon="play" disabled={paused} onClick={() => void begin()}>
              Run now
            </Button>
            <Button onClick={() => void setPaused(desk, automation, !paused).then(onRead)}>
              {paused ? 'Resume' : 'Pause'}
            </Button>
            <Button onClick={() => onGo({ kind: 'change', id })}>Change…</Button>
            <Button
              onClick={() => void deleteAutomation(desk, automation).then((gone) => gone && onGo({ kind: 'list' }))}
            >
              Delete…
            </Button>
          </>
        )}
      </div>
      <About automation={automation} ground={ground} />
      {waits && (
        <p role="status" className={styles.note}>
          It was started, and shows below as soon as it runs.
        </p>
      )}
      <RunList runs={runs} mayStop={ground.mayAutomate} />
    </>
  );
}

function About({ automation, ground }: Pick<KnownProps, 'automation' | 'ground'>) {
  const { plan, schedule, script, notify, owner, nextRunAt, paused, changedAt, changedBy } = automation;
  const newer = script.newestVersion > plan.version ? ` (version ${script.newestVersion} exists)` : '';
  const values = Object.entries(plan.parameters).map(([name, value]) => `${name} = ${value ?? 'null'}`);
  return (
    <div className={styles.facts}>
      <Facts>
        <Fact name="Script">
          {script.gone ? 'It is gone: a run fails.' : `${script.name}, version ${plan.version}${newer}`}
        </Fact>
        <Fact name="Parameters">{values.join(', ')}</Fact>
        <Fact name="Resource">{[plan.resourceId, plan.database].filter(Boolean).join(' › ')}</Fact>
        <Fact name="Role">
          <code>{plan.roleArn}</code>
        </Fact>
        <Fact name="Schedule">{schedule ? saySchedule(schedule) : 'None: it runs when it is started.'}</Fact>
        <Fact name="Next run">
          {!paused &&
            nextRunAt &&
            `${timeIn(nextRunAt, schedule?.timeZone ?? 'UTC')}, ${fromNow(nextRunAt, new Date())}`}
        </Fact>
        <Fact name="Result">
          <code>{keyPreview(ground.bucket, plan.output.prefix, OUTPUT_FORMATS[plan.output.format].extension)}</code>
        </Fact>
        <Fact name="Limits">{limitsText(plan.limits)}</Fact>
        <Fact name="Database">{plan.readOnly ? 'Only reads' : 'May be changed'}</Fact>
        <Fact name="Who is told">{notifyText(notify, ground.notifies)}</Fact>
        <Fact name="Made by">
          {owner.name}, changed {zonedTime(changedAt)}
          {changedBy.id !== owner.id && ` by ${changedBy.name}`}
        </Fact>
      </Facts>
    </div>
  );
}

const keyOf = ({ id }: Run): string => id;
const nameOf = ({ startedAt }: Run): string => `the run of ${startedAt}`;

function RunList({ runs, mayStop }: { readonly runs: ReturnType<typeof openRuns>; readonly mayStop: boolean }) {
  const state = useStore(runs.list.state);
  const [current, setCurrent] = useState<string>();
  const [open, setOpen] = useState(false);
  const shown = open ? state.rows.find(({ id }) => id === current) : undefined;
  return (
    <PagedTable
      one="run"
      many="runs"
      list={runs.list}
      state={state}
      label="Runs"
      layout={runsLayout}
      keyOf={keyOf}
      nameOf={nameOf}
      current={current}
      onCurrent={setCurrent}
      onOpen={() => setOpen(true)}
      opensByClick
      empty={
        <>
          <strong>It has not run yet.</strong>
          <span>Each run stands here, with its rows, its time and its result.</span>
        </>
      }
    >
      {shown && (
        <RunPanel
          key={shown.id}
          run={shown}
          mayStop={mayStop}
          onStopped={() => void runs.renew()}
          onClose={() => setOpen(false)}
        />
      )}
    </PagedTable>
  );
}
