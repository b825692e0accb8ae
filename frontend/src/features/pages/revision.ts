/**
 * A form that several people may change at the same time: what it was, what it has become here, and what somebody else
 * made of it meanwhile. Field by field, and nothing is taken or thrown away without a word.
 */

export type Side = 'mine' | 'theirs';

/** What somebody else has changed since this form was read. */
export interface News<F> {
  readonly field: keyof F;
  readonly was: F[keyof F];
  readonly theirs: F[keyof F];
  /** Where the same field was changed here, to something else: one of the two must be chosen. */
  readonly clash?: { readonly yours: F[keyof F]; readonly chosen?: Side };
}

export interface Revision<F> {
  /** As it was read. */
  readonly base: F;
  readonly revision: number;
  readonly mine: F;
  readonly news: readonly News<F>[];
}

export const firstRevision = <F>(base: F, revision: number): Revision<F> => ({ base, revision, mine: base, news: [] });

/** Values of forms are plain data: texts, numbers, lists of them. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const fieldsOf = <F extends object>(form: F): (keyof F)[] => Object.keys(form) as (keyof F)[];

/** The fields that are not as they were read. */
export const changedFields = <F extends object>({ base, mine }: Revision<F>): (keyof F)[] =>
  fieldsOf(mine).filter((field) => !isSame(base[field], mine[field]));

/** Whoever types into a field that clashes has chosen their own side. */
export function edit<F extends object>(now: Revision<F>, change: Partial<F>): Revision<F> {
  const news = now.news.map((one) =>
    one.clash && one.field in change
      ? { ...one, clash: { yours: change[one.field] as F[keyof F], chosen: 'mine' as const } }
      : one,
  );
  return { ...now, mine: { ...now.mine, ...change }, news };
}

/** Puts the changes that were made here on a newer state: what only they changed is taken, what only I changed stays. */
export function rebase<F extends object>(now: Revision<F>, theirs: F, revision: number): Revision<F> {
  const mine = { ...now.mine };
  const fresh: News<F>[] = [];
  for (const field of fieldsOf(theirs)) {
    const [was, here, there] = [now.base[field], now.mine[field], theirs[field]];
    if (isSame(was, there) || isSame(here, there)) continue;
    const clashes = !isSame(was, here);
    if (!clashes) mine[field] = there;
    fresh.push({ field, was, theirs: there, ...(clashes && { clash: { yours: here } }) });
  }
  const older = now.news.filter((one) => !fresh.some(({ field }) => field === one.field));
  return { base: theirs, revision, mine, news: [...older, ...fresh] };
}

/** Settles a clash. */
export function choose<F extends object>(now: Revision<F>, field: keyof F, chosen: Side): Revision<F> {
  const clash = now.news.find((one) => one.field === field)?.clash;
  if (!clash) return now;
  const news = now.news.map((one) => (one.field === field ? { ...one, clash: { ...clash, chosen } } : one));
  const value = chosen === 'mine' ? clash.yours : now.base[field];
  return { ...now, mine: { ...now.mine, [field]: value }, news };
}

/** The fields of which nobody has said yet whose value it is to be. */
export const undecided = <F>({ news }: Revision<F>): (keyof F)[] =>
  news.flatMap(({ field, clash }) => (clash && !clash.chosen ? [field] : []));
