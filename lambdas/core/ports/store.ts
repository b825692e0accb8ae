import type { Access, AccessView } from '#contract/access.ts';
import type { KnownUser, User, UserChange } from '#contract/people.ts';
import type { Role } from '#contract/roles.ts';
import type { InstanceSettings } from '#contract/settings.ts';

/** The instance once claimed, with what was decided about it. */
export interface Instance extends Readonly<InstanceSettings> {
  readonly partition: string;
  readonly accountId: string;
  readonly administratorArn: string;
  readonly claimedAt: string;
  /** Counts the changes of the settings, from 1. */
  readonly revision: number;
}

/** What is kept of a user: never a key. */
export type UserRecord = Readonly<KnownUser>;

/** What a sign-in tells of a user beside who it is. */
export interface Arrival {
  /** A new user gets it; a known one keeps its own. */
  readonly role: Role;
  readonly alias?: string | undefined;
  readonly address?: string | undefined;
}

/** What a request is decided by. */
export interface Standing {
  readonly user: UserRecord | undefined;
  readonly instance: Instance | undefined;
  readonly access: AccessView;
}

/** The instance table. */
export interface Store {
  /** `user`, `instance` and `access` as they are now, in one read. */
  standing(userId: string): Promise<Standing>;
  instance(): Promise<Instance | undefined>;
  /** Claims for `administrator`, in one conditional write. Errors: ALREADY_CLAIMED. */
  claim(instance: Instance, administrator: User): Promise<void>;
  /** Writes settings that were made on `revision`. Errors: CHANGED_MEANWHILE, NOT_CLAIMED. */
  changeSettings(settings: InstanceSettings, revision: number): Promise<Instance>;
  /** No rules and no narrowings, as revision 0, where nobody has written any. */
  access(): Promise<AccessView>;
  /** Writes rules and narrowings that were made on `revision`. Errors: CHANGED_MEANWHILE. */
  changeAccess(access: Access, revision: number): Promise<AccessView>;
  user(id: string): Promise<UserRecord | undefined>;
  /** Notes a sign-in. */
  seen(user: User, arrival: Arrival): Promise<UserRecord>;
  /** A page of users, by name. `next` goes on; it is there where there are more. Errors: INPUT_INVALID (its cursor). */
  users(search: UserSearch): Promise<{ users: UserRecord[]; next?: string }>;
  /** What was so already is no error. Errors: USER_NOT_FOUND, LAST_ADMINISTRATOR, CHANGED_MEANWHILE. */
  changeUser(id: string, change: UserChange): Promise<UserRecord>;
}

interface UserSearch {
  readonly text?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}
