import type { Run } from '#contract/automations.ts';
import { relativeTime, zonedTime } from '../../app/times.ts';
import type { Column } from '../../components/virtual-row.tsx';
import type { TableLayout } from '../../components/virtual-table.tsx';
import styles from '../pages/list.module.css';
import { RunEnding } from './automation-columns.tsx';
import { runRows, sizeOf, startedByText, tookText } from './run-words.ts';

const state: Column<Run> = {
  key: 'state',
  title: 'State',
  width: '126px',
  cell: (run) => <RunEnding state={run.state} />,
};
const started: Column<Run> = {
  key: 'started',
  title: 'Started',
  width: '122px',
  cell: ({ startedAt }) => (
    <time className={styles.cell} dateTime={startedAt} title={zonedTime(startedAt)}>
      {relativeTime(startedAt, new Date())}
    </time>
  ),
};
const by: Column<Run> = {
  key: 'by',
  title: 'By',
  width: 'minmax(90px, 150px)',
  cell: (run) => <span className={styles.cell}>{startedByText(run)}</span>,
};
const took: Column<Run> = {
  key: 'took',
  title: 'Took',
  width: '84px',
  end: true,
  cell: (run) => <span className={styles.tabular}>{tookText(run, new Date())}</span>,
};
const rows: Column<Run> = {
  key: 'rows',
  title: 'Rows',
  width: 'minmax(70px, 100px)',
  end: true,
  cell: (run) => <span className={styles.tabular}>{runRows(run)}</span>,
};
const size: Column<Run> = {
  key: 'size',
  title: 'Size',
  width: '80px',
  end: true,
  cell: (run) => <span className={styles.tabular}>{sizeOf(run) ?? '–'}</span>,
};
const attempt: Column<Run> = {
  key: 'attempt',
  title: 'Attempt',
  width: '64px',
  end: true,
  cell: (run) => <span className={styles.tabular}>{run.attempt}</span>,
};
const error: Column<Run> = {
  key: 'error',
  title: 'What went wrong',
  width: 'minmax(140px, 1fr)',
  cell: (run) => (
    <span className={styles.minor} title={run.error?.message}>
      {run.error?.message ?? ' '}
    </span>
  ),
};

/** One line a row; columns go where there is no room, and stand in the details. */
export const runsLayout = (width: number): TableLayout<Run> => ({
  rowHeight: 34,
  columns: [
    state,
    started,
    ...(width >= 900 ? [by] : []),
    ...(width >= 480 ? [took] : []),
    rows,
    ...(width >= 560 ? [size] : []),
    ...(width >= 980 ? [attempt] : []),
    ...(width >= 700 ? [error] : []),
  ],
});
