import type { Names } from '#contract/objects.ts';
import { type Attribute, attributesOf, type Catalogue } from './catalogue.ts';
import { tablesSeen } from './tables-seen.ts';

/** So many tables are described for their attributes; the names of the others are enough to complete. */
const MOST_DESCRIBED = 100;
/** Calls in flight: DynamoDB allows 2,500 of them a second, and others call too. */
const AT_ONCE = 10;

/** All tables, and the attributes of their keys. Tables that may not be described have none. */
export async function names(catalogue: Catalogue): Promise<Names> {
  const tables = (await tablesSeen(catalogue)).map(({ name }) => name);
  const known = new Map<string, Attribute[]>();
  for (let from = 0; from < Math.min(tables.length, MOST_DESCRIBED); from += AT_ONCE) {
    const some = tables.slice(from, from + AT_ONCE);
    await Promise.all(some.map(async (name) => known.set(name, await attributes(catalogue, name))));
  }
  const types: string[] = [];
  const numberOf = (type: string): number => {
    if (!types.includes(type)) types.push(type);
    return types.indexOf(type);
  };
  return {
    tables: tables.map((name) => [
      '',
      name,
      'table',
      (known.get(name) ?? []).flatMap(({ name: attribute, type }) => [attribute, numberOf(type)]),
    ]),
    types,
  };
}

const attributes = async ({ tables }: Catalogue, name: string): Promise<Attribute[]> => {
  const table = await tables.describe(name).catch(() => undefined);
  return table ? attributesOf(table, table) : [];
};
