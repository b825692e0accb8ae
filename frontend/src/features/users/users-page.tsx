import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KnownUser, UserChange } from '#contract/people.ts';
import { useStore } from '../../app/store.ts';
import { Field } from '../../components/field.tsx';
import styles from '../pages/list.module.css';
import { PagedTable } from '../pages/paged-table.tsx';
import { useSettled } from '../pages/use-settled.ts';
import { useDesk } from '../workbench/desk.ts';
import { changeUser } from './change-user.ts';
import { openUsers } from './open-users.ts';
import { userActions } from './user-actions.ts';
import { usersLayout } from './user-columns.tsx';
import { UserPanel } from './user-panel.tsx';
import { UserRefusal } from './user-refusal.tsx';

const keyOf = ({ id }: KnownUser): string => id;
const nameOf = ({ name }: KnownUser): string => name;

/** Who has signed in, and what they may do here. */
export function UsersPage() {
  const desk = useDesk();
  const self = useStore(desk.session).user.id;
  const [users] = useState(openUsers);
  const state = useStore(users.list.state);
  const busy = useStore(users.busy);
  const refusals = useStore(users.refusals);
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const [current, setCurrent] = useState<string>();
  const [open, setOpen] = useState(false);
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => users.search(settled), [users, settled]);

  const onChange = useCallback(
    (user: KnownUser, change: UserChange) => void changeUser(desk, users, user, change),
    [desk, users],
  );
  const layout = useMemo(() => usersLayout({ self, busy, onChange }), [self, busy, onChange]);
  const shown = open ? state.rows.find(({ id }) => id === current) : undefined;
  return (
    <>
      <div className={styles.filters}>
        <div className={styles.text}>
          <Field
            label="Search"
            type="search"
            maxLength={200}
            placeholder="A name, or a part of an ARN"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
      </div>
      <PagedTable
        one="user"
        many="users"
        list={users.list}
        state={state}
        table={table}
        label="Users"
        layout={layout}
        keyOf={keyOf}
        nameOf={nameOf}
        current={current}
        onCurrent={setCurrent}
        onOpen={() => setOpen(true)}
        opensByClick
        actions={(user) => userActions(user, onChange)}
        note={(user) =>
          refusals.has(user.id) && (
            <UserRefusal error={refusals.get(user.id)} onDismiss={() => users.dismiss(user.id)} />
          )
        }
        empty={<Empty searched={settled !== ''} />}
      >
        {shown && (
          <UserPanel
            user={shown}
            isSelf={shown.id === self}
            busy={busy.has(shown.id)}
            onChange={onChange}
            onClose={() => {
              setOpen(false);
              table.current?.focus();
            }}
          />
        )}
      </PagedTable>
    </>
  );
}

function Empty({ searched }: { readonly searched: boolean }) {
  if (searched)
    return (
      <>
        <strong>Nobody by that name has signed in.</strong>
        <span>Users are found by a part of their name or of their ARN.</span>
      </>
    );
  return (
    <>
      <strong>Nobody has signed in yet.</strong>
      <span>
        Nobody is created here: whoever signs in with AWS keys of this account becomes a user, with the role that the
        rules say.
      </span>
    </>
  );
}
