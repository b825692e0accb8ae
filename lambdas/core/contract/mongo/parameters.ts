/** Where a script in the shell's notation names parameters: `{ status: :status }`. */
import type { ParameterUse } from '../sql/parameters.ts';
import { readMongoToken } from './tokens.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** A value follows these; a colon behind anything else parts a key from its own. */
const BEFORE_VALUE = ':,([';

export function mongoParameters(text: string): ParameterUse[] {
  const uses: ParameterUse[] = [];
  let before = '';
  for (let at = 0; at < text.length; ) {
    const { kind, to: end } = readMongoToken(text, at);
    let to = end;
    if (text.charAt(at) === ':' && end < text.length && before !== '' && BEFORE_VALUE.includes(before)) {
      const word = readMongoToken(text, end);
      const name = word.kind === 'word' ? text.slice(word.from, word.to) : '';
      if (NAME.test(name)) {
        to = word.to;
        uses.push({ name, from: at, to });
      }
    }
    if (kind !== 'space' && kind !== 'line' && kind !== 'comment')
      before = kind === 'sign' && to === end ? text.charAt(at) : 'value';
    at = to;
  }
  return uses;
}
