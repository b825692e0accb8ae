import type { KnownUser, UserChange } from '#contract/people.ts';
import { relativeTime, zonedTime } from '../../app/times.ts';
import { MiddleText } from '../../components/middle-text.tsx';
import type { Column } from '../../components/virtual-row.tsx';
import type { TableLayout } from '../../components/virtual-table.tsx';
import styles from '../pages/list.module.css';
import { RoleSelect } from './role-select.tsx';
import { KINDS } from './user-kinds.ts';

interface Surroundings {
  readonly self: string;
  readonly busy: ReadonlySet<string>;
  onChange(user: KnownUser, change: UserChange): void;
}

/** Two lines a row; columns go where there is no room, and stand in the details. */
export function usersLayout({ self, busy, onChange }: Surroundings): (width: number) => TableLayout<KnownUser> {
  const who: Column<KnownUser> = {
    key: 'who',
    title: 'User',
    width: 'minmax(150px, 1fr)',
    cell: ({ id, name, arn, blockedAt }) => (
      <>
        <span className={styles.main}>
          <span title={name}>{name}</span>
          {id === self && <small className={styles.tag}>you</small>}
          {blockedAt && (
            <small className={styles.tag} data-tone="bad" title={`Since ${zonedTime(blockedAt)}`}>
              blocked
            </small>
          )}
        </span>
        <span className={styles.minor}>
          <MiddleText text={arn} />
        </span>
      </>
    ),
  };
  const kind: Column<KnownUser> = {
    key: 'kind',
    title: 'Kind',
    width: '128px',
    cell: (user) => (
      <span className={styles.cell} title={KINDS[user.kind].says}>
        {KINDS[user.kind].title}
      </span>
    ),
  };
  const alias: Column<KnownUser> = {
    key: 'alias',
    title: 'Account alias',
    width: '120px',
    cell: (user) => <span className={styles.cell}>{user.alias ?? '–'}</span>,
  };
  const role: Column<KnownUser> = {
    key: 'role',
    title: 'Role',
    width: '148px',
    cell: (user) => <RoleSelect user={user} busy={busy.has(user.id)} inRow onChange={onChange} />,
  };
  const first: Column<KnownUser> = {
    key: 'first',
    title: 'First seen',
    width: '118px',
    cell: (user) => <When iso={user.firstSeenAt} />,
  };
  const last: Column<KnownUser> = {
    key: 'last',
    title: 'Last seen',
    width: '150px',
    cell: (user) => (
      <>
        <When iso={user.lastSeenAt} />
        <span className={styles.minor}>{user.lastAddress ? `from ${user.lastAddress}` : ' '}</span>
      </>
    ),
  };
  return (width) => ({
    rowHeight: 44,
    columns: [
      who,
      ...(width >= 620 ? [kind] : []),
      ...(width >= 900 ? [alias] : []),
      role,
      ...(width >= 800 ? [first] : []),
      ...(width >= 480 ? [last] : []),
    ],
  });
}

const When = ({ iso }: { readonly iso: string }) => (
  <time className={styles.cell} dateTime={iso} title={zonedTime(iso)}>
    {relativeTime(iso, new Date())}
  </time>
);
