/**
 * Where the parts of a JSON text lie in its bytes (RFC 8259), without making objects or strings of them. What is no JSON
 * throws SyntaxError, as far as it is looked at: of what is passed over only strings and the count of brackets are.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

export const OBJECT = 0x7b;
export const ARRAY = 0x5b;
/** A bracket's end is two behind it in ASCII, and a brace is a bracket with this bit. */
const closing = (open: number): number => open + 2;
const BRACE = 0x20;

/** The first byte from `at` on that is no white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  while ((bytes[next] as number) <= SPACE) next += 1;
  return next;
}

/** Gives where the string at `at` ends, behind its second quote. */
export function endOfString(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) throw noJson(at);
  let next = at + 1;
  for (let byte = bytes[next]; byte !== QUOTE; byte = bytes[next]) {
    if (byte === undefined || byte < SPACE) throw noJson(next);
    next += byte === BACKSLASH ? 2 : 1;
  }
  return next + 1;
}

/** Gives where the value at `at` ends. */
export function endOfValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return endOfString(bytes, at);
  if (first === OBJECT || first === ARRAY) return endOfNested(bytes, at);
  let next = at;
  for (let byte = bytes[next]; byte !== undefined && !isEnd(byte); byte = bytes[next]) next += 1;
  if (next === at) throw noJson(at);
  return next;
}

const isEnd = (byte: number): boolean => byte <= SPACE || byte === COMMA || (byte & ~BRACE) === closing(ARRAY);

function endOfNested(bytes: Uint8Array, at: number): number {
  let depth = 0;
  for (let next = at; next < bytes.length; ) {
    const byte = bytes[next] as number;
    if (byte === QUOTE) {
      next = endOfString(bytes, next);
      continue;
    }
    next += 1;
    const bracket = byte & ~BRACE;
    if (bracket === ARRAY) depth += 1;
    else if (bracket === closing(ARRAY)) {
      depth -= 1;
      if (depth === 0) return next;
    }
  }
  throw noJson(bytes.length);
}

/**
 * Takes the parts of the OBJECT or ARRAY at `at`, one after the other, and gives where it ends. `take` is told where a part
 * begins, and tells where it ends.
 */
export function eachPart(bytes: Uint8Array, at: number, open: number, take: (at: number) => number): number {
  if (bytes[at] !== open) throw noJson(at);
  let next = skipSpace(bytes, at + 1);
  if (bytes[next] === closing(open)) return next + 1;
  for (;;) {
    next = skipSpace(bytes, take(next));
    if (bytes[next] === closing(open)) return next + 1;
    if (bytes[next] !== COMMA) throw noJson(next);
    next = skipSpace(bytes, next + 1);
  }
}

/** Gives where the value of a member begins whose name ends at `at`. */
export function valueBehind(bytes: Uint8Array, at: number): number {
  const colon = skipSpace(bytes, at);
  if (bytes[colon] !== COLON) throw noJson(colon);
  return skipSpace(bytes, colon + 1);
}

const noJson = (at: number): SyntaxError => new SyntaxError(`This is no JSON at byte ${at}.`);
