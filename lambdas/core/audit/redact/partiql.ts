/** PartiQL without its literals; and DynamoDB's QUERY and SCAN, which are JSON, without its values. */
import { readToken, SQL_DIALECTS, splitStatements } from '#contract/sql/split.ts';
import { redactSql } from './sql.ts';

const JSON_TEXT = /"(?:[^"\\]|\\[\s\S])*"?/y;
const REST = /[^"]+/y;
/** The values that say where, and nothing of what is there. */
const PLACES: ReadonlySet<string> = new Set(['"table"', '"index"']);

export function redactPartiql(text: string): string {
  let redacted = '';
  let at = 0;
  for (const { to } of [...splitStatements(text, SQL_DIALECTS.partiql), { to: text.length }]) {
    const part = text.slice(at, to);
    redacted += isOperation(part) ? redactJson(part) : redactSql(part, 'partiql', SQL_DIALECTS.partiql);
    at = to;
  }
  return redacted;
}

/** Comments may stand before it, and the semicolon of the statement before. */
function isOperation(part: string): boolean {
  for (let at = 0; at < part.length; ) {
    const [kind, end] = readToken(part, at, SQL_DIALECTS.partiql, ';');
    if (kind === 'word') return /^(?:query|scan)$/i.test(part.slice(at, end));
    if (kind === 'quoted' || kind === 'sign') return false;
    at = end;
  }
  return false;
}

/** Keeps the keys, and the names of table and index. */
function redactJson(part: string): string {
  const from = part.indexOf('{');
  if (from < 0) return redactSql(part, 'partiql', SQL_DIALECTS.partiql);
  let redacted = redactSql(part.slice(0, from), 'partiql', SQL_DIALECTS.partiql);
  let key = '';
  for (let at = from; at < part.length; ) {
    const sticky = part.charAt(at) === '"' ? JSON_TEXT : REST;
    sticky.lastIndex = at;
    const token = sticky.exec(part)?.[0] ?? part.slice(at);
    at += token.length;
    const isKey = token.startsWith('"') && /^\s*:/.test(part.slice(at, at + 100));
    if (isKey) key = token;
    if (!token.startsWith('"')) redacted += token.replace(/[^\s{}[\]:,]+/g, word);
    else redacted += isKey || PLACES.has(key) ? token : '?';
  }
  return redacted;
}

/** JSON knows three words. */
const word = (found: string): string => (/^(true|false|null)$/.test(found) ? found : '?');
