/**
 * Splits a script in the shell's notation into its statements, in one pass and without judging it, as `sql/split.ts` does
 * for SQL. A statement ends at a semicolon, or at the end of a line where nothing is open and the next line does not go on
 * with `.`; one whose brackets stay open ends before the next line that begins with `db`.
 */
import type { StatementRange } from '../sql/split.ts';
import { type MongoToken, readMongoToken } from './tokens.ts';

const OPENING = '([{';
const CLOSING = ')]}';

/** The statements in their order. Comments before a statement belong to it, its semicolon does not. */
export function splitMongo(script: string): StatementRange[] {
  const ranges: StatementRange[] = [];
  const state = { from: -1, to: -1, depth: 0, line: true, dangling: false };
  const close = (): void => {
    if (state.to >= 0) ranges.push({ from: state.from, to: state.to });
    Object.assign(state, { from: -1, to: -1, depth: 0, dangling: false });
  };
  for (let at = 0; at < script.length; ) {
    const token = readMongoToken(script, at);
    at = token.to;
    if (token.kind === 'space') continue;
    if (token.kind === 'line') {
      state.line = true;
      continue;
    }
    if (state.line && state.to >= 0 && beginsAnew(script, token, state)) close();
    state.line = false;
    const sign = token.kind === 'sign' ? script.charAt(token.from) : '';
    if (sign === ';' && state.depth === 0) {
      close();
      continue;
    }
    if (state.from < 0) state.from = token.from;
    if (token.kind === 'comment') continue;
    state.to = token.to;
    state.dangling = sign === '.' || sign === ',' || sign === ':';
    if (sign && OPENING.includes(sign)) state.depth += 1;
    if (sign && CLOSING.includes(sign)) state.depth = Math.max(0, state.depth - 1);
  }
  close();
  return ranges;
}

/** Whether a line that begins with this token is another statement. Data never begin with `db`, so an open bracket ends. */
function beginsAnew(
  script: string,
  { kind, from, to }: MongoToken,
  state: { depth: number; dangling: boolean },
): boolean {
  const atStart = from === 0 || /[\n\r]/.test(script.charAt(from - 1));
  if (state.depth > 0) return atStart && kind === 'word' && /^db[.[]/.test(script.slice(from, to + 1));
  if (kind === 'comment' || state.dangling) return false;
  return !(kind === 'sign' && '.([,)]}'.includes(script.charAt(from)));
}
