/** Where a script in the shell's notation names parameters: `{ status: :status }`. */
import type { ParameterUse } from '../sql/parameters.ts';
import { readMongoToken } from './tokens.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** A value follows these; a colon behind anything else parts a key from its own. */
const BEFORE_VALUE = ':,([';

/** The name that begins right behind a colon, at `at`. */
export function parameterName(text: string, at: number): string | undefined {
  if (at >= text.length) return undefined;
  const { kind, to } = readMongoToken(text, at);
  const name = text.slice(at, to);
  return kind === 'word' && NAME.test(name) ? name : undefined;
}

export function mongoParameters(text: string): ParameterUse[] {
  const uses: ParameterUse[] = [];
  let before = '';
  for (let at = 0; at < text.length; ) {
    const { kind, to: end } = readMongoToken(text, at);
    let to = end;
    if (text.charAt(at) === ':' && before !== '' && BEFORE_VALUE.includes(before)) {
      const name = parameterName(text, end);
      if (name !== undefined) {
        to = end + name.length;
        uses.push({ name, from: at, to });
      }
    }
    if (kind !== 'space' && kind !== 'line' && kind !== 'comment')
      before = kind === 'sign' && to === end ? text.charAt(at) : 'value';
    at = to;
  }
  return uses;
}
