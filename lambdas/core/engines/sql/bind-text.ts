/** A statement's text as a driver takes it: each `:name` of a declared parameter is a placeholder, and nothing else differs. */
import type { BoundParameter } from '#contract/parameters.ts';
import { sqlParameters } from '#contract/sql/parameters.ts';
import type { SqlDialect } from '#contract/sql/split.ts';

interface Placeholders {
  /** What stands in the place of a parameter: `$1`, `?`, `@name`. Places count from 1. */
  write(place: number, parameter: BoundParameter): string;
  /** `name`: a parameter has one place, however often it is used. `use`: each use is a place of its own. */
  readonly placeOf: 'name' | 'use';
}

export interface BoundText {
  readonly text: string;
  /** By their places. */
  readonly values: readonly BoundParameter[];
  /** From an offset in the bound text to the one in the text as it was written, both in UTF-16 code units. */
  original(offset: number): number;
}

export function bindText(
  text: string,
  dialect: SqlDialect,
  parameters: readonly BoundParameter[] = [],
  { write, placeOf }: Placeholders,
): BoundText {
  if (parameters.length === 0) return { text, values: [], original: (offset) => offset };
  const declared = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const values: BoundParameter[] = [];
  const places = new Map<string, number>();
  const pieces: { readonly from: number; readonly to: number; readonly at: number; readonly length: number }[] = [];
  let bound = '';
  let done = 0;
  for (const { name, from, to } of sqlParameters(text, dialect)) {
    const parameter = declared.get(name);
    // A colon that means something else to this database: its own error says more than ours could.
    if (!parameter) continue;
    const known = placeOf === 'name' ? places.get(name) : undefined;
    const place = known ?? values.push(parameter);
    places.set(name, place);
    bound += text.slice(done, from);
    const written = write(place, parameter);
    pieces.push({ from, to, at: bound.length, length: written.length });
    bound += written;
    done = to;
  }
  return {
    text: bound + text.slice(done),
    values,
    original(offset) {
      const before = pieces.findLast(({ at }) => at <= offset);
      if (!before) return offset;
      const { from, to, at, length } = before;
      return offset < at + length ? from : to + offset - at - length;
    },
  };
}
