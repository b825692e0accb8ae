import { AUDIT_KINDS, type AuditEntry } from '#contract/audit.ts';
import { exactTime, relativeTime, zonedTime } from '../../app/times.ts';
import { Icon } from '../../components/icon.tsx';
import type { Column } from '../../components/virtual-row.tsx';
import type { TableLayout } from '../../components/virtual-table.tsx';
import { resourceName } from '../explorer/resource-name.ts';
import styles from '../pages/list.module.css';
import { duration } from '../query/wording.ts';
import { Ending } from './ending.tsx';
import { KIND_ICONS, rowsText, whatOf, whoOf } from './entry-words.ts';

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
  who: {
    title: 'Who',
    width: '124px',
    cell: (entry) => (
      <span className={styles.cell} title={entry.user?.arn}>
        {whoOf(entry)}
      </span>
    ),
  },
  what: {
    title: 'What',
    width: 'minmax(140px, 1fr)',
    cell: (entry) => <What entry={entry} />,
  },
  where: {
    title: 'Where',
    width: '134px',
    cell: ({ resource, database }) => (
      <span className={styles.cell} title={resource?.id}>
        {resource && [resourceName(resource.id), database].filter(Boolean).join(' › ')}
      </span>
    ),
  },
  ending: { title: 'Outcome', width: '156px', cell: (entry) => <Ending entry={entry} /> },
  rows: {
    title: 'Rows',
    width: '84px',
    end: true,
    cell: (entry) => <span className={styles.tabular}>{rowsText(entry)}</span>,
  },
  took: {
    title: 'Took',
    width: '78px',
    end: true,
    cell: ({ elapsedMs }) => (
      <span className={styles.tabular}>{elapsedMs === undefined ? '' : duration(elapsedMs)}</span>
    ),
  },
  from: { title: 'From', width: '116px', cell: ({ address }) => <span className={styles.cell}>{address}</span> },
  /** All in two lines, for a narrow window. */
  both: {
    title: 'What',
    width: 'minmax(120px, 1fr)',
    cell: (entry) => (
      <>
        <What entry={entry} />
        <span className={styles.minor}>
          {[whoOf(entry), relativeTime(entry.at, new Date()), entry.resource && resourceName(entry.resource.id)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </>
    ),
  },
  sign: { title: '', width: '38px', cell: (entry) => <Ending entry={entry} short /> },
} as const satisfies Readonly<Record<string, Omit<Column<AuditEntry>, 'key'>>>;

type Name = keyof typeof COLUMNS;
const columns = (names: readonly Name[]): Column<AuditEntry>[] => names.map((key) => ({ key, ...COLUMNS[key] }));

/** The widest first: what fits is shown, and the rest stands in the details. */
const LAYOUTS: readonly (readonly [from: number, names: readonly Name[]])[] = [
  [1060, ['at', 'who', 'what', 'where', 'ending', 'rows', 'took', 'from']],
  [900, ['at', 'who', 'what', 'where', 'ending', 'rows', 'took']],
  [700, ['at', 'who', 'what', 'where', 'ending']],
  [540, ['at', 'who', 'what', 'ending']],
];

export function auditLayout(width: number): TableLayout<AuditEntry> {
  const [, names] = LAYOUTS.find(([from]) => width >= from) ?? [];
  return names
    ? { columns: columns(names), rowHeight: 32 }
    : { columns: columns(['both', 'sign']), rowHeight: 44, untitled: true };
}

function What({ entry }: { readonly entry: AuditEntry }) {
  const text = whatOf(entry);
  return (
    <span className={styles.main}>
      <Icon name={KIND_ICONS[entry.kind]} size={14} />
      <span className="visually-hidden">{AUDIT_KINDS[entry.kind]}: </span>
      <span className={entry.kind === 'statement' ? styles.mono : styles.cell} title={text}>
        {text}
      </span>
    </span>
  );
}
