/** What RDS's describe calls have in common. */
import type { Page } from './paging.ts';
import type { Caller, QueryService } from './service.ts';
import type { XmlElement } from './xml.ts';

export type Operations = QueryService['operations'];

export interface Placed {
  readonly accountId: string;
  readonly region: string;
}

/** What the caller's account has in the region of the call. */
export const seenBy = <T extends Placed>({ region, key }: Caller, all: readonly T[]): T[] =>
  all.filter((each) => each.region === region && each.accountId === key.principal.accountId);

/** `arn:aws:rds:REGION:ACCOUNT:KIND:NAME`; an ARN as a name is taken by its end. */
export const callersArn = ({ region, key }: Caller, kind: string, name: string): string =>
  arnOf({ region, accountId: key.principal.accountId }, kind, name.split(':').at(-1) ?? '');

export const arnOf = ({ region, accountId }: Placed, kind: string, name: string): string =>
  `arn:aws:rds:${region}:${accountId}:${kind}:${name}`;

/** By its name in any case, or by its ARN, as RDS allows. */
export const isNamed = (identifier: string, arn: string, wanted: string): boolean =>
  wanted.startsWith('arn:') ? arn === wanted : identifier === wanted.toLowerCase();

export const answer = <T>(
  list: string,
  item: string,
  { items, marker }: Page<T>,
  write: (each: T) => XmlElement,
): XmlElement => ({
  [list]: { [item]: items.map(write) },
  Marker: marker,
});

export const tagList = (tags: Readonly<Record<string, string>>): XmlElement => ({
  Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});
