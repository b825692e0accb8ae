/** An entry of the record in words. */
import {
  AUDIT_KINDS,
  type AuditEntry,
  type AuditKind,
  type AuditOutcome,
  LONGEST_DEED_SECONDS,
} from '#contract/audit.ts';
import type { IconName } from '../../components/icon.tsx';

/** What can be said of how something ended; `unended` is for what will get no end any more. */
type Ending = AuditOutcome | 'unended';

/** Word, icon and tone: no outcome is told by its colour alone. */
export const ENDINGS: Readonly<
  Record<Ending, { word: string; icon: IconName; tone: 'good' | 'bad' | 'warn' | 'calm' }>
> = {
  begun: { word: 'Running', icon: 'play', tone: 'calm' },
  unended: { word: 'No end recorded', icon: 'unreachable', tone: 'warn' },
  succeeded: { word: 'Succeeded', icon: 'check', tone: 'good' },
  failed: { word: 'Failed', icon: 'alert', tone: 'bad' },
  refused: { word: 'Refused', icon: 'lock', tone: 'bad' },
  cancelled: { word: 'Cancelled', icon: 'stop', tone: 'warn' },
  cut: { word: 'Cut off', icon: 'close', tone: 'warn' },
};

export const KIND_ICONS: Readonly<Record<AuditKind, IconName>> = {
  'sign-in': 'key',
  claim: 'lock',
  'user-change': 'user',
  'settings-change': 'sliders',
  'access-change': 'filter',
  connection: 'plug',
  statement: 'command',
  run: 'play',
  result: 'download',
  'script-change': 'copy',
  'automation-change': 'sliders',
  export: 'download',
  release: 'unreachable',
};

/** What is `begun` for longer than a function may run was cut off without a word. */
export const endingOf = ({ outcome, at }: AuditEntry, now: Date): Ending =>
  outcome === 'begun' && now.getTime() - Date.parse(at) > LONGEST_DEED_SECONDS * 1_000 ? 'unended' : outcome;

/** What was done, in one line. */
export function whatOf(entry: AuditEntry): string {
  const { kind, statement, change, commands, database, databaseUser, subject } = entry;
  if (kind === 'run' || kind === 'result')
    return oneLine([AUDIT_KINDS[kind], namesOf(entry) || subject || statement].filter(Boolean).join(': '));
  if (kind === 'statement') return oneLine(statement ?? commands?.join(', ') ?? AUDIT_KINDS[kind]);
  if (change) return oneLine(change);
  if (kind === 'connection')
    return [AUDIT_KINDS[kind], database && `to ${database}`, databaseUser && `as ${databaseUser}`]
      .filter(Boolean)
      .join(' ');
  return [AUDIT_KINDS[kind], subject].filter(Boolean).join(' of ');
}

/** What a run was a run of: `Nightly orders (Orders by status, version 3)`. */
function namesOf({ script, automation }: AuditEntry): string {
  const what = script && `${script.name}, version ${script.version}`;
  return automation && what ? `${automation.name} (${what})` : (automation?.name ?? what ?? '');
}

/** As much of a text as a row shows. */
const SHOWN = 400;
const oneLine = (text: string): string => text.slice(0, SHOWN).replaceAll(/\s+/g, ' ').trim();

/** Who did it: a refused sign-in may have been anybody. */
export const whoOf = ({ user }: AuditEntry): string => user?.name ?? 'Nobody known';

/** `1,024`, `3 changed`; empty where there is nothing to count. */
export function rowsText({ rows, affected }: Pick<AuditEntry, 'rows' | 'affected'>): string {
  if (rows) return rows.toLocaleString('en');
  if (affected) return `${affected.toLocaleString('en')} changed`;
  return rows === undefined ? '' : '0';
}
