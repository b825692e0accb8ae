/** The edges of Lodge without AWS: they keep what they are given, and count what they are asked. */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AccessView } from '#contract/access.ts';
import type { AuditEntry } from '#contract/audit.ts';
import type { Run } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import { type Script, ScriptDraft, type ScriptHead, type ScriptVersion } from '#contract/scripts.ts';
import { InstanceSettings } from '#contract/settings.ts';
import { mayBeginAgain, resumed } from '#core/automation/may-begin-again.ts';
import { localDataKeys } from '#core/aws/local-keys.ts';
import { isAdministrator } from '#core/aws/store/administrators.ts';
import type { Attempt, Attempts } from '#core/ports/attempts.ts';
import type { Audit, AuditTrail } from '#core/ports/audit.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Credentials, Identity } from '#core/ports/identity.ts';
import type { Log, LogFields } from '#core/ports/log.ts';
import type { Runs } from '#core/ports/runs.ts';
import type { By, Scripts } from '#core/ports/scripts.ts';
import type { Slots } from '#core/ports/slots.ts';
import type { Instance, Standing, Store, UserRecord } from '#core/ports/store.ts';

/** An instance table in memory, with the same promises as the true one. */
export function memoryStore(initial: { instance?: Instance; users?: readonly UserRecord[]; access?: AccessView } = {}) {
  let instance = initial.instance;
  let access: AccessView = initial.access ?? { rules: [], narrowings: [], revision: 0 };
  const users = new Map((initial.users ?? []).map((user) => [user.id, user]));
  const calls: string[] = [];
  const store: Store = {
    async standing(id) {
      calls.push('standing');
      return { user: users.get(id), instance, access };
    },
    async instance() {
      calls.push('instance');
      return instance;
    },
    async claim(claimed, administrator) {
      calls.push('claim');
      if (instance) throw new AppError('ALREADY_CLAIMED');
      instance = claimed;
      users.set(administrator.id, { ...administrator, role: 'administrator', ...seenAt });
    },
    async changeSettings(settings, revision) {
      calls.push('changeSettings');
      if (!instance || instance.revision !== revision) throw new AppError('CHANGED_MEANWHILE');
      instance = { ...instance, ...settings, revision: revision + 1 };
      return instance;
    },
    async access() {
      calls.push('access');
      return access;
    },
    async changeAccess(changed, revision) {
      calls.push('changeAccess');
      if (access.revision !== revision) throw new AppError('CHANGED_MEANWHILE');
      access = { ...changed, revision: revision + 1 };
      return access;
    },
    async users({ text = '', limit, cursor = '' }) {
      calls.push('users');
      const place = ({ name, id }: UserRecord) => `${name.toLowerCase()}\0${id}`;
      const found = [...users.values()]
        .filter(({ name, arn }) => `${name}\n${arn}`.toLowerCase().includes(text.toLowerCase()))
        .filter((user) => place(user) > cursor)
        .toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      return { users: page, ...(last && { next: place(last) }) };
    },
    async changeUser(id, change) {
      calls.push('changeUser');
      const known = users.get(id);
      if (!known) throw new AppError('USER_NOT_FOUND');
      const { blockedAt, ...rest } = known;
      const at = new Date().toISOString();
      const changed: UserRecord = {
        role: { ...known, role: change.kind === 'role' ? change.role : known.role },
        'end-sessions': { ...known, sessionsEndedAt: at },
        block: { ...known, blockedAt: blockedAt ?? at, sessionsEndedAt: at },
        unblock: rest,
      }[change.kind];
      const others = [...users.values()].filter((other) => other.id !== id);
      if (isAdministrator(known) && ![changed, ...others].some(isAdministrator))
        throw new AppError('LAST_ADMINISTRATOR');
      users.set(id, changed);
      return changed;
    },
    async user(id) {
      calls.push('user');
      return users.get(id);
    },
    async seen(user, { role, alias, address }) {
      calls.push('seen');
      const known = users.get(user.id);
      const record = {
        ...seenAt,
        role,
        ...known,
        ...user,
        ...(alias && { alias }),
        ...(address && { lastAddress: address }),
      };
      users.set(user.id, record);
      return record;
    },
  };
  return { store, calls, users, items: () => JSON.stringify([instance, ...users.values()]) };
}

const seenAt = { firstSeenAt: '2026-11-23T09:00:00.000Z', lastSeenAt: '2026-11-23T09:00:00.000Z' };

export const claimedInstance: Instance = {
  ...InstanceSettings.parse({ name: 'Harbour', regions: ['eu-central-1', 'us-east-1'] }),
  partition: 'aws',
  accountId: '111122223333',
  administratorArn: 'arn:aws:iam::111122223333:user/ada',
  revision: 1,
  claimedAt: '2026-11-23T08:00:00.000Z',
};

/** What a request finds where nobody has written any rules. */
export const standing: Standing = {
  user: undefined,
  instance: claimedInstance,
  access: { rules: [], narrowings: [], revision: 0 },
};

/** Counts no attempt, and keeps what it was told of. */
export function countedAttempts() {
  const told: [what: keyof Attempts, attempt: Attempt][] = [];
  const attempts: Attempts = {
    count: async (attempt) => void told.push(['count', attempt]),
    succeeded: async (attempt) => void told.push(['succeeded', attempt]),
    undecided: async (attempt) => void told.push(['undecided', attempt]),
  };
  return { attempts, told };
}

/** Slots in memory: `taken` counts those that nobody has given back. */
export function memorySlots() {
  const seen = { taken: 0, asked: [] as Parameters<Slots['take']>[] };
  const slots: Slots = {
    async take(...asked) {
      seen.asked.push(asked);
      if (seen.taken >= asked[1]) throw new AppError('TOO_MANY_STATEMENTS');
      seen.taken += 1;
      return {
        release: async () => {
          seen.taken -= 1;
        },
      };
    },
  };
  return { slots, seen };
}

const WhatRuns = ScriptDraft.pick({ engine: true, text: true, parameters: true, resource: true, database: true });

/** Scripts in memory, with the same promises as those of the table. */
export function memoryScripts(clock: Clock = () => new Date()) {
  const kept = new Map<string, { head: ScriptHead; versions: ScriptVersion[] }>();
  const whole = ({ head, versions }: { head: ScriptHead; versions: ScriptVersion[] }, wanted = head.version) => {
    const { engine: _, parameters: __, resource: ___, database: ____, ...rest } = head;
    const version = versions.find((each) => each.version === wanted);
    return version && ({ ...rest, ...WhatRuns.parse(version), version: wanted } as Script);
  };
  const save = (id: string, draft: ScriptDraft, by: By): Script => {
    const { head: old, versions = [] } = kept.get(id) ?? {};
    const { text: _, ...told } = draft;
    const saved = { at: clock().toISOString(), by };
    const newest = versions.at(-1);
    const runs = WhatRuns.parse(draft);
    const isNew = !newest || !isDeepStrictEqual(runs, WhatRuns.parse(newest));
    const version = (newest?.version ?? 0) + (isNew ? 1 : 0);
    const { owner = by, createdAt = saved.at, revision = 0 } = old ?? {};
    const head = { ...told, id, version, owner, createdAt, changed: saved, revision: revision + 1 };
    const all = isNew ? [...versions, { ...runs, version, ...saved }] : versions;
    kept.set(id, { head, versions: all });
    return whole({ head, versions: all }) as Script;
  };
  const scripts: Scripts = {
    async list({ text = '', tag, whose, limit, cursor = '' }, userId) {
      const place = ({ name, id }: ScriptHead) => `${name.toLowerCase()}\0${id}`;
      const found = [...kept.values()]
        .map(({ head }) => head)
        .filter(({ owner, shared }) => {
          if (whose !== 'all') return whose === 'shared' ? shared : owner.id === userId;
          return shared || owner.id === userId;
        })
        .filter(({ tags }) => !tag || tags.includes(tag))
        .filter(({ name, description, tags, owner }) =>
          [name, description, ...tags, owner.name].join('\n').toLowerCase().includes(text.toLowerCase()),
        )
        .filter((head) => place(head) > cursor)
        .toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      return { scripts: page, ...(last && { next: place(last) }) };
    },
    async read(id, version) {
      const found = kept.get(id);
      return found && whole(found, version);
    },
    async versions(id, { limit, before = Number.POSITIVE_INFINITY }) {
      const all = kept.get(id)?.versions ?? [];
      return all
        .filter(({ version }) => version < before)
        .toReversed()
        .slice(0, limit);
    },
    async create(draft, by) {
      return save(randomBytes(10).toString('hex'), draft, by);
    },
    async change(id, revision, draft, by) {
      const found = kept.get(id);
      if (!found) throw new AppError('SCRIPT_NOT_FOUND');
      if (found.head.revision !== revision) throw new AppError('CHANGED_MEANWHILE');
      return save(id, draft, by);
    },
    async remove(id) {
      return kept.delete(id);
    },
  };
  return { scripts, kept };
}

/** A clock that stands until it is moved. */
export function stoppedClock(start = '2026-11-23T10:00:00.000Z') {
  let now = new Date(start).getTime();
  const clock = () => new Date(now);
  const pass = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { clock, pass };
}

export function recordingLog() {
  const lines: { level: 'info' | 'error'; message: string; fields: LogFields }[] = [];
  const write =
    (level: 'info' | 'error') =>
    (message: string, fields: LogFields = {}) =>
      void lines.push({ level, message, fields });
  const log: Log = { info: write('info'), error: write('error') };
  return { log, lines };
}

/** A record in memory: an entry a deed, as it is now; `days` of each. With `failing` nothing can be written. */
export function memoryAudit({ failing = false } = {}) {
  const entries: AuditEntry[] = [];
  const days: number[] = [];
  const audit: Audit = {
    async begin(deed, kept) {
      if (failing) throw new AppError('AUDIT_FAILED');
      const at = new Date().toISOString();
      const index = entries.length;
      const entry: AuditEntry = { ...deed, id: `${at}#${index}`, at, outcome: 'begun' };
      entries.push(entry);
      days.push(kept);
      return {
        end: async (end) => {
          entries[index] = { ...entry, ...end, elapsedMs: 1 };
        },
      };
    },
  };
  return { audit, entries, days };
}

/** Nothing was ever done. */
export const noTrail: AuditTrail = {
  async *search() {
    yield { type: 'end', elapsedMs: 0 };
  },
};

/** Wraps with a secret of its own, as another instance would. */
export const ownDataKeys = () => localDataKeys(randomBytes(32).toString('base64'));

/** An STS that knows one caller. The exchange gives a session token of `tokenLength` characters. */
export function fakeIdentity({
  arn = 'arn:aws:iam::111122223333:user/ada',
  userId = 'AIDATESTONLY000000001',
  alias = 'harbour' as string | undefined,
  tokenLength = 400,
  expiresAt = new Date('2099-01-01T00:00:00Z'),
  path = '/' as string | AppError,
  tags = {} as Record<string, string> | AppError,
} = {}) {
  const calls: [name: string, keys: Credentials, seconds?: number][] = [];
  const identity: Identity = {
    async whoIs(keys) {
      calls.push(['whoIs', keys]);
      return { arn, accountId: arn.split(':')[4] ?? '', userId };
    },
    async exchange(keys, seconds) {
      calls.push(['exchange', keys, seconds]);
      const sessionToken = randomBytes(tokenLength).toString('base64').slice(0, tokenLength);
      return {
        credentials: {
          accessKeyId: 'ASIAEXCHANGED0000001',
          secretAccessKey: 'exchanged-secret-of-a-test',
          sessionToken,
        },
        expiresAt,
      };
    },
    async alias(keys) {
      calls.push(['alias', keys]);
      return alias;
    },
    async rolePath(keys) {
      calls.push(['rolePath', keys]);
      if (path instanceof AppError) throw path;
      return path;
    },
    async tags(keys) {
      calls.push(['tags', keys]);
      if (tags instanceof AppError) throw tags;
      return tags;
    },
  };
  return { identity, calls };
}

/** The history of runs in memory, with the same promises as the true one. */
export function memoryRuns(clock: Clock = () => new Date()) {
  const kept = new Map<string, { run: Run; until: number; stop: boolean; days: number }>();
  type Kept = NonNullable<ReturnType<typeof kept.get>>;
  const nameOf = ({ id, automationId = 'none' }: Pick<Run, 'id' | 'automationId'>) => `${automationId}#${id}`;
  const after = (seconds: number) => clock().getTime() + seconds * 1_000;
  const isSilent = ({ run, until }: Kept) => run.state === 'running' && until <= clock().getTime();
  const toRun = (one: Kept): Run =>
    isSilent(one) ? { ...one.run, state: 'cut', endedAt: new Date(one.until).toISOString() } : one.run;
  /** The part of the attempt that is under way. */
  const find = ({ attempt, part, ...run }: Pick<Run, 'id' | 'automationId' | 'attempt' | 'part'>) => {
    const found = kept.get(nameOf(run));
    if (found?.run.state !== 'running' || found.run.attempt !== attempt) return undefined;
    const now = found.run.part;
    return now?.number === part?.number && now?.waiting === part?.waiting ? found : undefined;
  };
  const stop = async (run: Pick<Run, 'id' | 'automationId'>) => {
    const found = kept.get(nameOf(run));
    if (!found || toRun(found).state !== 'running') return false;
    found.stop = true;
    return true;
  };
  const runs: Runs = {
    async begin(start, { seconds, days }) {
      const found = kept.get(nameOf(start));
      if (found && !mayBeginAgain(toRun(found), start)) return { run: toRun(found), begun: false };
      const attempt = (found?.run.attempt ?? 0) + 1;
      const part = found && resumed(found.run);
      const goesOn = part && { part, startedAt: found.run.startedAt };
      const run: Run = { ...start, state: 'running', attempt, rows: 0, bytes: 0, ...goesOn };
      kept.set(nameOf(start), { run, until: after(seconds), stop: false, days });
      return { run, begun: true };
    },
    async progress(run, { rows, bytes, seconds }) {
      const found = find(run);
      if (!found) return { stop: true };
      found.run = { ...found.run, rows, bytes };
      found.until = after(seconds);
      return { stop: found.stop };
    },
    async end(run, end) {
      const found = find(run);
      if (found) found.run = { ...found.run, ...end, endedAt: clock().toISOString() };
      return found !== undefined;
    },
    async handOn(run, part, { seconds }) {
      const found = find(run);
      if (!found || found.stop) return undefined;
      found.run = { ...found.run, part: { ...part, waiting: true } };
      found.until = after(seconds);
      return found.run;
    },
    async takeOver({ attempt, part: number, ...run }, { seconds }) {
      const found = kept.get(nameOf(run));
      const { part } = found ? toRun(found) : {};
      if (!found || toRun(found).state !== 'running' || found.run.attempt !== attempt) return undefined;
      if (part?.number !== number || !part.waiting) return undefined;
      const { waiting: _, ...begun } = part;
      found.run = { ...found.run, part: begun };
      found.until = after(seconds);
      return { run: found.run, stop: found.stop };
    },
    async list({ automationId, limit, cursor }) {
      const all = [...kept.values()]
        .map(toRun)
        .filter((run) => run.automationId === automationId && (cursor === undefined || run.id < cursor))
        .toSorted((a, b) => (a.id < b.id ? 1 : -1));
      const page = all.slice(0, limit);
      const last = all.length > limit ? page.at(-1) : undefined;
      return { runs: page, ...(last && { next: last.id }) };
    },
    async read(run) {
      const found = kept.get(nameOf(run));
      return found && toRun(found);
    },
    stop,
    async stopExecution(arn) {
      for (const one of kept.values()) {
        if (one.run.execution?.arn !== arn && one.run.execution?.parentArn !== arn) continue;
        one.run = toRun(one);
        await stop(one.run);
      }
    },
  };
  return { runs, kept };
}
