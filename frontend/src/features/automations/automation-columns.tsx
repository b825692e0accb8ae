import type { Automation, RunState } from '#contract/automations.ts';
import { relativeTime, zonedTime } from '../../app/times.ts';
import { Icon } from '../../components/icon.tsx';
import type { Column } from '../../components/virtual-row.tsx';
import type { TableLayout } from '../../components/virtual-table.tsx';
import { resourceName } from '../explorer/resource-name.ts';
import styles from '../pages/list.module.css';
import { RUN_STATES, runRows } from './run-words.ts';
import { fromNow, saySchedule } from './schedule-words.ts';

/** How a run stands: an icon and a word. */
export function RunEnding({ state }: { readonly state: RunState }) {
  const { word, icon, tone, says } = RUN_STATES[state];
  return (
    <span className={styles.ending} data-tone={tone} title={says}>
      <Icon name={icon} size={14} />
      <span className={styles.cell}>{word}</span>
    </span>
  );
}

const what: Column<Automation> = {
  key: 'what',
  title: 'Automation',
  width: 'minmax(150px, 1fr)',
  cell: ({ name, paused, script }) => (
    <>
      <span className={styles.main}>
        <span title={name}>{name}</span>
        {paused && <small className={styles.tag}>paused</small>}
        {script.gone && (
          <small className={styles.tag} data-tone="bad">
            script is gone
          </small>
        )}
      </span>
      <span className={styles.minor}>{script.name}</span>
    </>
  ),
};
const where: Column<Automation> = {
  key: 'where',
  title: 'Resource',
  width: '150px',
  cell: ({ plan }) => (
    <>
      <span className={styles.cell} title={plan.resourceId}>
        {resourceName(plan.resourceId)}
      </span>
      <span className={styles.minor}>{plan.database ?? ' '}</span>
    </>
  ),
};
const schedule: Column<Automation> = {
  key: 'schedule',
  title: 'Schedule',
  width: 'minmax(200px, 310px)',
  cell: (automation) => (
    <>
      <span className={styles.cell} title={automation.schedule && saySchedule(automation.schedule)}>
        {automation.schedule ? saySchedule(automation.schedule) : 'When it is started'}
      </span>
      <span className={styles.minor}>{nextText(automation)}</span>
    </>
  ),
};
const last: Column<Automation> = {
  key: 'last',
  title: 'Last run',
  width: '140px',
  cell: ({ lastRun }) =>
    lastRun ? (
      <>
        <RunEnding state={lastRun.state} />
        <time className={styles.minor} dateTime={lastRun.startedAt} title={zonedTime(lastRun.startedAt)}>
          {relativeTime(lastRun.startedAt, new Date())}
        </time>
      </>
    ) : (
      <span className={styles.minor}>none yet</span>
    ),
};
const rows: Column<Automation> = {
  key: 'rows',
  title: 'Rows',
  width: '90px',
  end: true,
  cell: ({ lastRun }) => <span className={styles.tabular}>{lastRun ? runRows(lastRun) : '–'}</span>,
};

const nextWords = (when: string): string => (when === 'now' ? 'due now' : `next ${when}`);

function nextText({ schedule: given, paused, nextRunAt }: Automation): string {
  if (paused) return 'paused';
  if (nextRunAt) return nextWords(fromNow(nextRunAt, new Date()));
  return given ? 'no time is to come' : ' ';
}

/** Two lines a row; columns go where there is no room. */
export const automationsLayout = (width: number): TableLayout<Automation> => ({
  rowHeight: 44,
  columns: [
    what,
    ...(width >= 860 ? [where] : []),
    ...(width >= 640 ? [schedule] : []),
    last,
    ...(width >= 480 ? [rows] : []),
  ],
});
