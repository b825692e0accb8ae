/**
 * What the record is searched for, as the page holds it, and as the fragment of its URL: a search can be sent to a
 * colleague, and a fragment is sent to no server (RFC 9110, 7.1), so that no log keeps what was looked for.
 */
import * as z from 'zod';
import { AuditKind, AuditOutcome, type AuditSearch } from '#contract/audit.ts';

/** Spans that end now, in hours. A link to one means the span at the time when it is opened. */
export const SPANS = {
  hour: { title: 'Last hour', hours: 1 },
  day: { title: 'Last 24 hours', hours: 24 },
  week: { title: 'Last 7 days', hours: 7 * 24 },
  month: { title: 'Last 30 days', hours: 30 * 24 },
} as const;
export type Span = keyof typeof SPANS;

export const AuditFilter = z.object({
  text: z.string().trim().min(1).max(200).optional(),
  kind: AuditKind.optional(),
  outcome: AuditOutcome.optional(),
  /** Of a user: the id counts, and the name is for whoever reads. */
  user: z.string().min(1).max(300).optional(),
  name: z.string().min(1).max(200).optional(),
  resource: z.string().min(1).max(2_048).optional(),
  /** A span up to now, or exact ends. */
  when: z.enum(Object.keys(SPANS) as [Span, ...Span[]]).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

type Name = keyof AuditFilter;
const NAMES = Object.keys(AuditFilter.shape) as Name[];

/** `#when=day&kind=statement`; empty where everything is looked for. */
export function toFragment(filter: AuditFilter): string {
  const given = NAMES.flatMap((name): [string, string][] => (filter[name] ? [[name, filter[name]]] : []));
  return given.length > 0 ? `#${new URLSearchParams(given)}` : '';
}

/** What of a fragment can be read; what cannot is left out, for links grow old. */
export function fromFragment(fragment: string): AuditFilter {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const read = NAMES.flatMap((name) => {
    const value = AuditFilter.shape[name].safeParse(given.get(name) ?? undefined);
    return value.success && value.data !== undefined ? [[name, value.data]] : [];
  });
  return Object.fromEntries(read) as AuditFilter;
}

/** A change of the filter: what is undefined in it is no longer looked for. */
export function changeFilter(filter: AuditFilter, change: { readonly [N in Name]?: AuditFilter[N] }): AuditFilter {
  const next = { ...filter, ...change };
  // A span and exact ends exclude each other: what was chosen last counts.
  const rest = change.when ? { ...next, from: undefined, to: undefined } : next;
  const ends = change.from || change.to ? { ...rest, when: undefined } : rest;
  return Object.fromEntries(Object.entries(ends).filter(([, value]) => value !== undefined && value !== ''));
}

/** As the server is asked, at this moment. */
export function toSearch({ text, kind, outcome, user, resource, when, from, to }: AuditFilter, now: Date): AuditSearch {
  const begins = when ? new Date(now.getTime() - SPANS[when].hours * 3_600_000).toISOString() : from;
  return {
    ...(text?.trim() && { text: text.trim() }),
    ...(kind && { kind }),
    ...(outcome && { outcome }),
    ...(user && { userId: user }),
    ...(resource && { resourceId: resource }),
    ...(begins && { from: begins }),
    ...(to && { to }),
  };
}
