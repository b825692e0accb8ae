/** Before a statement runs: whether it reads by a key, by an index or the whole table, and how much that may be. */
import { AppError } from '#contract/errors.ts';
import type { ScanLimits } from '../engine.ts';
import { isWord, type Token } from './partiql-tokens.ts';
import type { PartiQl, Statement } from './statements.ts';
import type { Facts } from './tables.ts';

/** `key`: of the table or of an index. `unsure`: Lodge cannot tell, and says so. */
type Way = 'key' | 'scan' | 'unsure';
export interface Plan {
  readonly way: Way;
  /** A scan without a filter stops when it has enough; with one it goes on to the end. */
  readonly filtered: boolean;
}

export function planOf(statement: Statement, facts: Facts): Plan {
  if (statement.kind === 'query') return { way: 'key', filtered: true };
  if (statement.kind === 'scan') return { way: 'scan', filtered: statement.filtered };
  return planOfSelect(statement as PartiQl, facts);
}

/**
 * A SELECT reads by the key where its WHERE says `=` or `IN` of the partition key, and scans otherwise (Developer Guide,
 * "PartiQL select statements for DynamoDB"). Certain is: no WHERE, a WHERE that never names the partition key, and one
 * whose conditions are joined by AND and hold such a one.
 */
function planOfSelect({ tokens }: PartiQl, { hash }: Facts): Plan {
  const from = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'WHERE'));
  if (from < 0) return { way: 'scan', filtered: false };
  const end = tokens.findIndex((token, at) => at > from && token.depth === 0 && isWord(token, 'ORDER'));
  const where = tokens.slice(from + 1, end < 0 ? undefined : end);
  const named = where.some(({ kind, value }) => isName(kind) && value.toLowerCase() === hash.toLowerCase());
  if (!named) return { way: 'scan', filtered: true };
  const either = where.some((token) => token.depth === 0 && isWord(token, 'OR'));
  const byKey = !either && conditions(where).some((condition) => isEquality(condition, hash));
  return { way: byKey ? 'key' : 'unsure', filtered: true };
}

const isName = (kind: Token['kind']): boolean => kind === 'name' || kind === 'word';
/** A question mark stands for a bound one. */
const isValue = (token: Token | undefined): boolean =>
  token?.kind === 'text' || token?.kind === 'number' || (token?.kind === 'sign' && token.value === '?');

/** What stands between the ANDs outside of brackets. */
function conditions(where: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of where) {
    if (token.depth === 0 && isWord(token, 'AND')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** `key = value`, `value = key` or `key IN [ … ]`, and nothing else. */
function isEquality(condition: readonly Token[], hash: string): boolean {
  const [first, second, third, ...rest] = condition;
  const isHash = (token: Token | undefined) => token !== undefined && isName(token.kind) && token.value === hash;
  if (isHash(first) && isWord(second, 'IN')) return '[('.includes(third?.value ?? '…');
  if (second?.value !== '=' || rest.length > 0) return false;
  return (isHash(first) && isValue(third)) || (isValue(first) && isHash(third));
}

/** A statement's place and how much of it may be read. */
export interface Reading {
  readonly table: string;
  readonly index: string | undefined;
  readonly plan: Plan;
  readonly facts: Facts;
  /** Reading stops after so many items. */
  readonly most: number;
}

/** At most so many items and bytes are read: all, or where nothing is filtered the part that is asked for. */
export function extent({ plan, facts, most }: Reading): { items: number; bytes: number } {
  const items = plan.filtered ? facts.items : Math.min(facts.items, most);
  return { items, bytes: facts.items === 0 ? 0 : Math.round((facts.bytes * items) / facts.items) };
}

/** What is said before the statement runs. */
export function announcement(reading: Reading): { severity: 'INFO' | 'WARNING'; message: string } {
  const { table, index, plan, facts } = reading;
  const place = index === undefined ? `the table ${table}` : `the index ${index} of ${table}`;
  if (plan.way === 'key')
    return { severity: 'INFO', message: `Reads ${place} by its key ${facts.hash}, out of about ${amount(facts)}.` };
  if (plan.way === 'unsure') {
    const message = `Lodge cannot tell whether this reads ${place} by its key ${facts.hash} or scans about ${amount(facts)}.`;
    return { severity: 'WARNING', message };
  }
  const read = extent(reading);
  const message =
    read.items < facts.items
      ? `Scans ${place} from its beginning and stops after ${amount(read)} of about ${amount(facts)}.`
      : `Scans the whole of ${place}: about ${amount(facts)}.`;
  return { severity: 'WARNING', message };
}

/** Stops a statement that would read more than the limits allow. Errors: STATEMENT_FAILED, saying what to do. */
export function guardScan(reading: Reading, limits: ScanLimits): void {
  if (reading.plan.way === 'key') return;
  const read = extent(reading);
  if (read.items <= limits.items && read.bytes <= limits.bytes) return;
  const maybe = reading.plan.way === 'unsure' ? 'may scan' : 'would scan';
  throw new AppError('STATEMENT_FAILED', {
    message: `This ${maybe} about ${amount(read)}; readers and unattended runs may scan at most ${amount(limits)}. Nothing was read.`,
    details: {
      hint: `Say which ${reading.facts.hash} to read (${reading.facts.hash} = …), use an index, or lower the row limit where nothing is filtered. An editor who runs it may scan it all.`,
    },
  });
}

const amount = ({ items, bytes }: { items: number; bytes: number }): string =>
  `${items.toLocaleString('en')} ${items === 1 ? 'item' : 'items'} (${sizeOf(bytes)})`;

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
function sizeOf(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = bytes / 1_000 ** power;
  return `${power === 0 || size >= 100 ? Math.round(size) : Number(size.toFixed(1))} ${UNITS[power]}`;
}
