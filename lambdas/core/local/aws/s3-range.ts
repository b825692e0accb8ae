/** The range of bytes that a request asks for (RFC 9110, section 14): one, as S3 gives no more of them. */
import { Fault } from './fault.ts';

/** Both ends included. Undefined: the whole, for what is not written as a range is passed over. Faults: invalidRange. */
export const rangeOf = (header: string | undefined, size: number): { from: number; to: number } | undefined => {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  // Without a first byte: so many from the end.
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (from > to) throw new Fault('invalidRange', 'The requested range is not satisfiable');
  return { from, to };
};
