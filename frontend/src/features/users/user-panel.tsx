import type { KnownUser, UserChange } from '#contract/people.ts';
import { ROLES } from '#contract/roles.ts';
import { relativeTime, zonedTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Fact, Facts, SidePanel } from '../../components/side-panel.tsx';
import { toFragment } from '../audit/audit-filter.ts';
import { useDesk } from '../workbench/desk.ts';
import { RoleSelect } from './role-select.tsx';
import { KINDS } from './user-kinds.ts';
import styles from './users.module.css';

interface UserPanelProps {
  readonly user: KnownUser;
  readonly isSelf: boolean;
  readonly busy: boolean;
  onChange(user: KnownUser, change: UserChange): void;
  onClose(): void;
}

/** Everything that is known of a user, and what can be done, each with what it does. */
export function UserPanel({ user, isSelf, busy, onChange, onClose }: UserPanelProps) {
  const desk = useDesk();
  const blocked = user.blockedAt !== undefined;
  return (
    <SidePanel title={isSelf ? `${user.name} (you)` : user.name} onClose={onClose}>
      <Facts>
        <Fact name="Role">
          <span className={styles.panelRole}>
            <RoleSelect user={user} busy={busy} onChange={onChange} />
            <small>
              {ROLES[user.role].may}
              {isSelf && '. Whoever gives up being an administrator loses this page at once'}
            </small>
          </span>
        </Fact>
        <Fact name="Kind">{KINDS[user.kind].says}</Fact>
        <Fact name="ARN">
          <Copied text={user.arn} label="Copy the ARN" />
        </Fact>
        <Fact name="User id">
          <Copied text={user.id} label="Copy the user id" />
        </Fact>
        <Fact name="Account alias">{user.alias}</Fact>
        <Fact name="First seen">{said(user.firstSeenAt)}</Fact>
        <Fact name="Last seen">{said(user.lastSeenAt)}</Fact>
        <Fact name="From">{user.lastAddress}</Fact>
        <Fact name="Blocked">{user.blockedAt && said(user.blockedAt)}</Fact>
        <Fact name="Sessions ended">{user.sessionsEndedAt && said(user.sessionsEndedAt)}</Fact>
      </Facts>
      <div className={styles.actions}>
        <div>
          <Button icon="eye" onClick={() => desk.place.go('/audit', toFragment({ user: user.id, name: user.name }))}>
            What {isSelf ? 'you have' : 'they have'} done
          </Button>
        </div>
        {!blocked && (
          <div>
            <Button icon="signOut" busy={busy} onClick={() => onChange(user, { kind: 'end-sessions' })}>
              End all sessions…
            </Button>
            <p>Signs out everywhere at once, and stops statements that run. Signing in again stays possible.</p>
          </div>
        )}
        <div>
          <Button
            icon={blocked ? 'check' : 'lock'}
            busy={busy}
            onClick={() => onChange(user, { kind: blocked ? 'unblock' : 'block' })}
          >
            {blocked ? 'Unblock' : 'Block…'}
          </Button>
          <p>
            {blocked
              ? 'Signing in is possible again, with the role that stands above.'
              : 'Signs out everywhere at once, and lets nobody sign in as this user until an administrator unblocks it.'}
          </p>
        </div>
      </div>
    </SidePanel>
  );
}

const said = (iso: string): string => `${zonedTime(iso)}, ${relativeTime(iso, new Date())}`;

function Copied({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span className={styles.copied}>
      <code>{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}
