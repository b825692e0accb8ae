/** The shell's notation in colours: the words that are values, texts, numbers, regular expressions and comments. */
import { StreamLanguage } from '@codemirror/language';

const WORDS: Readonly<Record<string, string>> = {
  db: 'keyword',
  use: 'keyword',
  show: 'keyword',
  new: 'keyword',
  true: 'bool',
  false: 'bool',
  null: 'null',
  undefined: 'null',
};

/** What goes on in the next line. */
interface Open {
  until: string | undefined;
}

export const mongoHighlighting = StreamLanguage.define<Open>({
  startState: () => ({ until: undefined }),
  token(stream, open) {
    if (open.until === '*/') {
      if (stream.skipTo('*/')) {
        stream.match('*/');
        open.until = undefined;
      } else stream.skipToEnd();
      return 'comment';
    }
    if (open.until) {
      if (stream.match(/^(?:[^\\`]|\\.)*`/)) open.until = undefined;
      else stream.skipToEnd();
      return 'string';
    }
    if (stream.eatSpace()) return null;
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match('/*')) {
      open.until = '*/';
      return 'comment';
    }
    if (stream.match(/^'(?:[^'\\]|\\.)*'?/) || stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match('`')) {
      open.until = '`';
      return 'string';
    }
    if (stream.match(/^\/(?:[^/\\]|\\.)+\/[a-z]*/)) return 'regexp';
    if (stream.match(/^\d[\d.]*(?:e[+-]?\d+)?/i)) return 'number';
    const word = stream.match(/^[\p{L}$_][\p{L}\p{N}$_]*/u);
    if (!word) {
      stream.next();
      return null;
    }
    const text = stream.current();
    if (Object.hasOwn(WORDS, text)) return WORDS[text] ?? null;
    if (text.startsWith('$')) return 'operator';
    return stream.match(/^\s*:/, false) ? 'propertyName' : 'name';
  },
});
