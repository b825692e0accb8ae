/**
 * Where SQL names parameters, `:name`: the editor offers them, and an engine binds them at these very places. It reads the
 * tokens that splitting reads, so that what stands in text, in quoted names and in comments is none.
 */
import { readToken, type SqlDialect } from './split.ts';

/** Offsets in UTF-16 code units, with the colon; `to` is exclusive. */
export interface ParameterUse {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** In front of a dot is the row of a trigger: `:new.total` (Oracle, PL/SQL Language Reference, "Correlation Names"). */
const NAME = /[A-Za-z_][A-Za-z0-9_]{0,62}(?![\w$'.\u0080-\uffff])/y;

/** Right behind one of these, a colon belongs to what is before it: `a[i:j]`, `json_object(k:v)`, `12:30`, a label. */
const TIED = /[\w$'"`)\]\u0080-\uffff]/;

/** Behind these no parameter may stand, so that the colon of `a[1 :j]` parts the ends of a slice. */
const ENDS_OPERAND = /^(?:\d.*|[)\]])$/s;

export function sqlParameters(text: string, dialect: SqlDialect): ParameterUse[] {
  const uses: ParameterUse[] = [];
  /** The token before, white space and comments left out; quoted text is one quote. */
  let before = '';
  let brackets = 0;
  for (let at = 0; at < text.length; ) {
    const [kind, end] = readToken(text, at, dialect, ';');
    const sign = kind === 'sign' ? text.charAt(at) : '';
    const name = sign === ':' && begins(text.charAt(at - 1), before, dialect, brackets > 0) ? nameAt(text, end) : '';
    const to = end + name.length;
    if (name) uses.push({ name, from: at, to });
    if (sign === '[') brackets += 1;
    if (sign === ']') brackets = Math.max(0, brackets - 1);
    if (kind !== 'space' && kind !== 'comment') before = kind === 'quoted' ? "'" : text.slice(at, to);
    at = to;
  }
  return uses;
}

function begins(previous: string, before: string, { fields }: SqlDialect, bracketed: boolean): boolean {
  if (TIED.test(previous) || before === "'") return false;
  if (previous === ':' && !fields) return false;
  return !bracketed || !ENDS_OPERAND.test(before);
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}
