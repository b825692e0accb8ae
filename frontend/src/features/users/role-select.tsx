import type { KnownUser, UserChange } from '#contract/people.ts';
import { ROLES, Role } from '#contract/roles.ts';
import styles from './users.module.css';

interface RoleSelectProps {
  readonly user: KnownUser;
  readonly busy: boolean;
  /** In a row the keyboard stays on the table, whose menu has the roles too. */
  readonly inRow?: boolean;
  onChange(user: KnownUser, change: UserChange): void;
}

/** A role, changed where it stands. What it shows is what the server says: a refusal leaves it as it was. */
export function RoleSelect({ user, busy, inRow = false, onChange }: RoleSelectProps) {
  return (
    <select
      className={styles.role}
      aria-label={`Role of ${user.name}`}
      tabIndex={inRow ? -1 : undefined}
      value={user.role}
      aria-disabled={busy || undefined}
      onChange={({ target }) => onChange(user, { kind: 'role', role: Role.parse(target.value) })}
    >
      {Role.options.map((role) => (
        <option key={role} value={role}>
          {ROLES[role].title}
        </option>
      ))}
    </select>
  );
}
