import type { AuditEntry } from '#contract/audit.ts';
import { exactTime, relativeTime, zonedTime } from '../../app/times.ts';
import type { Column } from '../../components/virtual-row.tsx';
import type { TableLayout } from '../../components/virtual-table.tsx';
import { Ending } from '../audit/ending.tsx';
import { rowsText, whatOf } from '../audit/entry-words.ts';
import { resourceName } from '../explorer/resource-name.ts';
import styles from '../pages/list.module.css';
import { duration } from '../query/wording.ts';

const where = ({ resource, database }: AuditEntry): string =>
  [resource && resourceName(resource.id), database].filter(Boolean).join(' › ');

const statement = (entry: AuditEntry) => (
  <span className={styles.mono} title={whatOf(entry)}>
    {whatOf(entry)}
  </span>
);

const COLUMNS = {
  at: {
    title: 'When',
    width: '166px',
    cell: ({ at }) => (
      <time className={styles.tabular} dateTime={at} title={zonedTime(at)}>
        {exactTime(at)}
      </time>
    ),
  },
  what: { title: 'Statement', width: 'minmax(160px, 1fr)', cell: statement },
  where: {
    title: 'Where',
    width: '176px',
    cell: (entry) => (
      <span className={styles.cell} title={entry.resource?.id}>
        {where(entry)}
      </span>
    ),
  },
  ending: { title: 'Outcome', width: '156px', cell: (entry) => <Ending entry={entry} /> },
  rows: {
    title: 'Rows',
    width: '96px',
    end: true,
    cell: (entry) => <span className={styles.tabular}>{rowsText(entry)}</span>,
  },
  took: {
    title: 'Took',
    width: '84px',
    end: true,
    cell: ({ elapsedMs }) => (
      <span className={styles.tabular}>{elapsedMs === undefined ? '' : duration(elapsedMs)}</span>
    ),
  },
  both: {
    title: 'Statement',
    width: 'minmax(120px, 1fr)',
    cell: (entry) => (
      <>
        {statement(entry)}
        <span className={styles.minor}>
          {[relativeTime(entry.at, new Date()), where(entry)].filter(Boolean).join(' · ')}
        </span>
      </>
    ),
  },
  sign: { title: '', width: '38px', cell: (entry) => <Ending entry={entry} short /> },
} as const satisfies Readonly<Record<string, Omit<Column<AuditEntry>, 'key'>>>;

type Name = keyof typeof COLUMNS;
const columns = (names: readonly Name[]): Column<AuditEntry>[] => names.map((key) => ({ key, ...COLUMNS[key] }));

const LAYOUTS: readonly (readonly [from: number, names: readonly Name[]])[] = [
  [860, ['at', 'what', 'where', 'ending', 'rows', 'took']],
  [640, ['at', 'what', 'where', 'ending']],
  [500, ['at', 'what', 'ending']],
];

export function historyLayout(width: number): TableLayout<AuditEntry> {
  const [, names] = LAYOUTS.find(([from]) => width >= from) ?? [];
  return names
    ? { columns: columns(names), rowHeight: 32 }
    : { columns: columns(['both', 'sign']), rowHeight: 44, untitled: true };
}
