/** From here on the call is worth it. */
const LONG = 64;

/** Copies what is between `from` and `to` to `target` at `at`. Returns where it ended. */
export function copy(source: Buffer, from: number, to: number, target: Buffer, at: number): number {
  if (to - from >= LONG) return at + source.copy(target, at, from, to);
  let written = at;
  for (let read = from; read < to; read += 1) target[written++] = source[read] as number;
  return written;
}
