/**
 * The edges of Lodge as the use cases see them. Adapters over the AWS SDK stand in `aws/`; a test may hand in its own.
 * Every adapter throws AppError only: an SDK's error is explained where it is caught.
 */

import type { Access, AccessView } from '#contract/access.ts';
import type { AuditEntry, AuditRecord, AuditSearch } from '#contract/audit.ts';
import type {
  AutomationDraft,
  CheckStep,
  OutputFormat,
  ResultPreview,
  Run,
  RunPlan,
  Schedule,
} from '#contract/automations.ts';
import type { KnownUser, User, UserChange } from '#contract/people.ts';
import type { Assume, Resource, Service, Tags, Unread } from '#contract/resources.ts';
import type { Role } from '#contract/roles.ts';
import type { Script, ScriptDraft, ScriptHead, ScriptSearch, ScriptVersion } from '#contract/scripts.ts';
import type { InstanceSettings } from '#contract/settings.ts';
import type { Login } from './engines/engine.ts';
import type { Session } from './http/handler.ts';
import type { ObjectUpload } from './output/object-upload.ts';
import type { ServerClaims } from './session/connection-token.ts';

/** AWS credentials in the SDK's own shape. Without a session token they are long-term. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** STS: who somebody is, and temporary credentials for long-term ones. */
export interface Identity {
  /** Errors: KEYS_INVALID, KEYS_EXPIRED, CLOCK_SKEW, THROTTLED, AWS_UNAVAILABLE. */
  whoIs(keys: Credentials): Promise<{ arn: string; accountId: string; userId: string }>;
  /** Only for long-term keys of an IAM user. `seconds` is at least 900 and at most 129,600 (STS API reference). */
  exchange(keys: Credentials, seconds: number): Promise<{ credentials: Required<Credentials>; expiresAt: Date }>;
  /** The account's alias, best effort: undefined where there is none, or it may not be read, or IAM is slow. */
  alias(keys: Credentials): Promise<string | undefined>;
  /** The path of a role, which the ARN of its sessions has lost. Errors: AWS_DENIED, and those of AWS. */
  rolePath(keys: Credentials, role: string): Promise<string>;
  /**
   * The tags that a user or role bears. Those that were passed to a session are not among them: AWS tells them to policies
   * and to CloudTrail only. Errors: AWS_DENIED, and those of AWS.
   */
  tags(keys: Credentials, of: { kind: 'user' | 'role'; name: string }): Promise<Readonly<Record<string, string>>>;
}

/** The data key of each session, wrapped by KMS (or by a local secret). The context is bound to the wrapped key. */
export interface DataKeys {
  generate(context: Record<string, string>): Promise<{ key: Uint8Array; wrapped: Uint8Array }>;
  /** Errors: SESSION_INVALID where the wrapped key or its context is not as it was made. */
  unwrap(wrapped: Uint8Array, context: Record<string, string>): Promise<Uint8Array>;
}

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

/** What is known of a deed before it is done. */
export type Deed = Omit<
  AuditEntry,
  'id' | 'at' | 'outcome' | 'code' | 'elapsedMs' | 'rows' | 'affected' | 'bytes' | 'consumed'
>;
/** What is known once it has ended. */
export type DeedEnd = Pick<
  AuditEntry,
  | 'outcome'
  | 'code'
  | 'rows'
  | 'affected'
  | 'bytes'
  | 'consumed'
  | 'databaseUser'
  | 'database'
  | 'resource'
  | 'login'
  | 'session'
  | 'subject'
  | 'change'
  | 'script'
  | 'user'
  | 'role'
>;

/** The record of what is done: in the table, in the log and on the event bus. */
export interface Audit {
  /**
   * Writes the record of a deed that is about to be done, to be deleted after `days`. Errors: AUDIT_FAILED; then it must not
   * be done. `end` completes the record, and never rejects: what cannot be written to the table stands in the log.
   */
  begin(deed: Deed, days: number): Promise<{ end(end: DeedEnd): Promise<void> }>;
}

/** Reads the record. */
export interface AuditTrail {
  /** Newest first. Ends with the `end` record. Errors: INPUT_INVALID where the cursor is none of ours. */
  search(search: AuditSearch, signal: AbortSignal): AsyncIterable<AuditRecord>;
}

export interface Attempt {
  readonly address: string;
  readonly accessKeyId: string;
}

/** Counts attempts to sign in, so that nobody can try for long. Nothing of a key is kept but a digest of its id. */
export interface Attempts {
  /**
   * Counts one as failed. Errors: TOO_MANY_ATTEMPTS, with the same words whatever was tried; where it cannot be counted,
   * THROTTLED or AWS_UNAVAILABLE: without the table nobody could come in anyway.
   */
  count(attempt: Attempt): Promise<void>;
  /** The keys were good: their failures are forgotten, and this attempt was none. Never rejects. */
  succeeded(attempt: Attempt): Promise<void>;
  /** AWS, or Lodge, failed before anybody knew: this attempt was none. Never rejects. */
  undecided(attempt: Attempt): Promise<void>;
}

/** So many scripts of one user at once, over all copies of the function. */
export interface Slots {
  /** Takes one of `most`; it frees itself after `seconds`, should nobody release it. Errors: TOO_MANY_STATEMENTS. */
  take(userId: string, most: number, seconds: number): Promise<{ release(): Promise<void> }>;
}

/** Who did something, as an item keeps it. */
export type By = Readonly<ScriptHead['owner']>;

/** Saved scripts. Whether somebody may see or change one is asked by the use case, not here. */
export interface Scripts {
  /** A page of those that `userId` owns, and of those that are shared, by name. Errors: INPUT_INVALID (its cursor). */
  list(search: ScriptSearch, userId: string): Promise<{ scripts: ScriptHead[]; next?: string }>;
  /** With the text of its newest version, or of the one named; undefined where there is none. */
  read(id: string, version?: number): Promise<Script | undefined>;
  /** The newest first, those before `before`. */
  versions(id: string, page: { limit: number; before?: number | undefined }): Promise<ScriptVersion[]>;
  create(script: ScriptDraft, by: By): Promise<Script>;
  /** Made on `revision`; a new version where what runs has changed. Errors: SCRIPT_NOT_FOUND, CHANGED_MEANWHILE. */
  change(id: string, revision: number, script: ScriptDraft, by: By): Promise<Script>;
  /** With all its versions. False: there was none. */
  remove(id: string): Promise<boolean>;
}

/** An automation as it is kept. */
export interface StoredAutomation extends AutomationDraft {
  readonly id: string;
  readonly owner: By;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
}

export interface Automations {
  /** By name. Errors: INPUT_INVALID (its cursor). */
  list(page: {
    limit: number;
    cursor?: string | undefined;
  }): Promise<{ automations: StoredAutomation[]; next?: string }>;
  read(id: string): Promise<StoredAutomation | undefined>;
  create(id: string, automation: AutomationDraft, by: By): Promise<StoredAutomation>;
  /** Made on `revision`. Errors: AUTOMATION_NOT_FOUND, CHANGED_MEANWHILE. */
  change(id: string, revision: number, automation: AutomationDraft): Promise<StoredAutomation>;
  remove(id: string): Promise<boolean>;
}

/** What is known of a run when it begins. */
export type RunStart = Omit<Run, 'state' | 'attempt' | 'rows' | 'bytes' | 'answer' | 'error' | 'endedAt'>;
export type RunEnd = Pick<Run, 'state' | 'rows' | 'bytes' | 'answer' | 'error'>;

type NamedRun = Pick<Run, 'id' | 'automationId'>;
/** One attempt: what an older one says does not count any more. */
type RunAttempt = Pick<Run, 'id' | 'automationId' | 'attempt'>;

/** The history of runs, which also sees to it that one execution is one run. */
export interface Runs {
  /**
   * Begins it, or its next attempt where `mayBeginAgain` says so of the last one. Who has begun it has `seconds` to speak
   * up (`progress`); without a word it is `cut` then. What may not begin is given back as it is. Kept for `days`.
   */
  begin(run: RunStart, kept: { seconds: number; days: number }): Promise<{ run: Run; begun: boolean }>;
  /** Tells how far it is, has `seconds` again, and hears whether it shall stop. */
  progress(run: RunAttempt, so: { rows: number; bytes: number; seconds: number }): Promise<{ stop: boolean }>;
  end(run: RunAttempt, end: RunEnd): Promise<void>;
  /** Those of one automation, or of none; the newest first. Errors: INPUT_INVALID (its cursor). */
  list(search: {
    automationId?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<{ runs: Run[]; next?: string }>;
  read(run: NamedRun): Promise<Run | undefined>;
  /** Asks a run to stop. False: it had ended, or nobody is there to hear it. */
  stop(run: NamedRun): Promise<boolean>;
  /** Asks all runs of one execution to stop: it was stopped in Step Functions. Those of which nobody speaks are cut. */
  stopExecution(executionArn: string): Promise<void>;
}

/** What is handed to the machine with each run: the name is for people, who are told of it as `notify` says. */
export type Started = Pick<StoredAutomation, 'id' | 'name' | 'notify'>;

/** The bucket of results, which the function of runs writes with its own role. */
export interface ResultBucket {
  /** Its name. */
  readonly bucket: string;
  upload(object: { key: string; contentType: string; signal: AbortSignal }): ObjectUpload;
}

/** Callbacks of Step Functions (`.waitForTaskToken`). False of all: nobody waits for it any more. */
export interface TaskTokens {
  succeed(token: string, answer: unknown): Promise<boolean>;
  fail(token: string, error: { name: string; message: string }): Promise<boolean>;
  /** That there is somebody who will answer. */
  beat(token: string): Promise<boolean>;
}

/** EventBridge Scheduler: one schedule an automation, in the group of the instance. */
export interface Schedules {
  /** Makes it, or changes it. Errors: INPUT_INVALID (the expression or the zone), and those of AWS. */
  put(automation: Started, schedule: Schedule, state: { paused: boolean }): Promise<void>;
  /** What was gone already is no error. */
  remove(automationId: string): Promise<void>;
}

/** The state machine of the instance. */
export interface Machine {
  /** Gives the execution's ARN. A second start by the same name is the first. */
  start(automation: Started, startedBy: By, name: string): Promise<string>;
  /** What has ended already is no error; executions of other machines are left alone. */
  stop(executionArn: string): Promise<void>;
}

/** The function `run-script`, asked how far a plan would come. */
export interface Runner {
  check(
    plan: Pick<RunPlan, 'resourceId' | 'roleArn' | 'login' | 'database' | 'endpoint' | 'readOnly'>,
  ): Promise<CheckStep[]>;
}

/** What runs have written, read with the keys of whoever asks. */
export interface Results {
  /**
   * The first rows of an object, and a link to all of it that ends within minutes and with the session. Errors: AWS_DENIED
   * (details.action, .resource), OBJECT_NOT_FOUND (its time is over), and those of AWS.
   */
  preview(
    object: { readonly bucket: string; readonly key: string; readonly format: OutputFormat },
    session: Pick<Session, 'credentials' | 'expiresAt'>,
    signal: AbortSignal,
  ): Promise<ResultPreview>;
}

/** Whose account is read, and with whose credentials: always the user's own. */
export interface Scope {
  readonly partition: string;
  readonly accountId: string;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  /** Told of each answer of AWS, by calls that take several: who waits can tell a slow one from one that is silent. */
  answered?(): void;
}

/** What one service has in one region. */
export interface Found {
  readonly resources: Resource[];
  /** The actions that would have added details, and are denied. */
  readonly lacking: readonly string[];
  /** Why some of the resources have no tags: they could not be read. */
  readonly unread?: readonly Unread[];
  /** What was left out for that reason, where the rules go by tags. */
  readonly withheld?: readonly Unread[];
}

/** The tags of many, by what they were asked for; of what is absent they could not be read. */
export interface TagsRead {
  readonly tags: ReadonlyMap<string, Tags>;
  readonly unread: readonly Unread[];
}

/** What the account holds. */
export interface Discovery {
  /** All pages of one service in one region. Errors: AWS_DENIED (details.action), REGION_DISABLED, THROTTLED, AWS_UNAVAILABLE. */
  list(service: Service, region: string, scope: Scope): Promise<Found>;
  /**
   * Marks those of DynamoDB's tables that are global, where several of these resources have a table of that name; gives
   * the resources that have changed. It adds details only: what may not be described, or takes too long, stays unmarked.
   */
  markGlobalTables(regions: readonly Resource[], scope: Scope): Promise<Resource[]>;
  /**
   * One resource by its ARN, read again. Tags that take a call of their own are absent. Errors: RESOURCE_NOT_FOUND, and
   * those of `list`.
   */
  find(resourceId: string, scope: Scope): Promise<Resource>;
  /** The tags of one that `find` has found without. Errors: RESOURCE_NOT_FOUND, and those of `list`. */
  tags(resourceId: string, scope: Scope): Promise<Tags>;
  /** The tags of tables of DynamoDB, by the names of the tables: as fast as AWS allows, which is slow. */
  tableTags(region: string, tables: readonly string[], scope: Scope): Promise<TagsRead>;
}

/**
 * What a database takes as a login, made at the last moment with the user's keys: a token that is signed, a password of
 * minutes, a secret that is read. Errors: AWS_DENIED naming the action and the ARN; LOGIN_FAILED; THROTTLED;
 * AWS_UNAVAILABLE.
 */
export interface DatabaseLogins {
  make(claims: ServerClaims, credentials: Credentials, signal: AbortSignal): Promise<Login>;
}

/** Whoever has keys until then: the session of a user, or a run that has taken on its role. */
export type KeyHolder = Pick<Session, 'id' | 'credentials' | 'expiresAt'> & {
  readonly user: Pick<User, 'id' | 'arn' | 'name'>;
};

/** Takes on a role, so that databases of other accounts can be reached. */
export interface Roles {
  /** The holder's own keys where no role is named. Errors: AWS_DENIED (details.action, .resource), and those of AWS. */
  credentials(holder: KeyHolder, assume: Assume | undefined, signal: AbortSignal): Promise<Credentials>;
}

/** Takes on the role of a run, with the function's own. */
export interface RunRoles {
  /**
   * The external id is that of the instance. `session` names it in CloudTrail; it lasts `seconds`, as far as AWS gives so
   * much. Errors: ROLE_NOT_ASSUMABLE, whose hint is the trust policy that the role needs; THROTTLED; AWS_UNAVAILABLE.
   */
  take(roleArn: string, as: { session: string; seconds: number; signal: AbortSignal }): Promise<RoleKeys>;
}
export interface RoleKeys {
  readonly credentials: Credentials;
  readonly expiresAt: Date;
}

/** The time now; a test sets its own. */
export type Clock = () => Date;

/** One structured line a call. Only the fields named here may be logged; see `aws/log.ts`. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
export interface LogFields {
  readonly requestId?: string;
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  readonly elapsedMs?: number;
  readonly user?: string;
  /** The role that somebody new got, and the rule that gave it, counted from 1. */
  readonly role?: string;
  readonly rule?: number;
  /** IAM actions: those that the keys did not allow, and those that were not answered. */
  readonly lacking?: readonly string[];
  readonly unanswered?: readonly string[];
  /** A record of what is done, as it begins and as it ends. */
  readonly audit?: AuditEntry;
  /** Name, code and stack of an unexpected error: never its message, which may quote what a user sent. */
  readonly cause?: unknown;
}
