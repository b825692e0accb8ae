/** Keeps the cursor at its letter while white space around it changes. */

/** The place in `after` that stands behind as many letters as `place` does in `before`. */
export function samePlace(before: string, after: string, place: number): number {
  let letters = 0;
  for (let at = 0; at < place; at++) if (!isSpace(before.charCodeAt(at))) letters++;
  if (letters === 0) return 0;
  for (let at = 0; at < after.length; at++) if (!isSpace(after.charCodeAt(at)) && --letters === 0) return at + 1;
  return after.length;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
