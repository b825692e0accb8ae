/** Where in a statement an error is: MySQL says it only of syntax, as `near '…' at line N`. */

const NEAR = /near '([\s\S]*)' at line (\d+)$/;
/** The server quotes so many bytes of what it could not read (`ER_PARSE_ERROR`, "%-.80s"). */
const QUOTED_BYTES = 80;

/** In UTF-16 code units from 1; nothing where the place is not certain. */
export function placeOf(message: string, text: string): { position?: number } {
  const [, near, line] = NEAR.exec(message) ?? [];
  if (near === undefined) return {};
  const from = near === '' ? text.length : findNear(text, near, Number(line));
  return from === undefined ? {} : { position: Math.min(from, Math.max(0, text.length - 1)) + 1 };
}

function findNear(text: string, near: string, line: number): number | undefined {
  // What is shorter than the server's quote is all that is left of the statement.
  if (Buffer.byteLength(near) < QUOTED_BYTES - 3 && text.endsWith(near)) return text.length - near.length;
  const begin = beginOf(text, line);
  if (begin === undefined) return undefined;
  const end = text.indexOf('\n', begin);
  const at = text.indexOf(near, begin);
  const once = at >= 0 && text.indexOf(near, at + 1) < 0;
  return once && (end < 0 || at <= end) ? at : undefined;
}

function beginOf(text: string, line: number): number | undefined {
  let at = 0;
  for (let i = 1; i < line; i += 1) {
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return undefined;
  }
  return at;
}
