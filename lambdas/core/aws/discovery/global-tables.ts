/** Which of DynamoDB's tables are global: the list does not say, and to ask for each of thousands would take too long. */
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';

/** Asked one after the other, for a few milliseconds each; tables beyond that stay unmarked. */
const AT_MOST = 300;

/**
 * A global table has the same name in each of its regions, so only names that several regions have are asked for, each
 * in the first of them; its replicas say the rest. What fails or is denied leaves the tables unmarked.
 */
export async function markGlobalTables(regions: readonly Resource[], scope: Scope): Promise<Resource[]> {
  const marks = new Map(regions.map((each) => [each.region, {} as Record<string, string[]>]));
  for (const [table, having] of [...shared(regions)].slice(0, AT_MOST)) {
    const replicas = await replicasOf(table, having[0] ?? '', scope);
    if (replicas === 'not to be asked') break;
    if (replicas.length < 2) continue;
    for (const region of replicas) {
      const mark = marks.get(region);
      if (mark && having.includes(region)) mark[table] = replicas.filter((other) => other !== region);
    }
  }
  return regions.flatMap((each) => {
    const globalTables = marks.get(each.region) ?? {};
    return Object.keys(globalTables).length > 0 ? [{ ...each, globalTables }] : [];
  });
}

/** The names that several regions have, with those regions. */
function shared(regions: readonly Resource[]): Map<string, string[]> {
  const having = new Map<string, string[]>();
  for (const { region, tables = [] } of regions)
    for (const table of tables) having.set(table, [...(having.get(table) ?? []), region]);
  return new Map([...having].filter(([, where]) => where.length > 1));
}

/** All regions of a table, the asked one among them; only that one where it is not global. */
async function replicasOf(
  table: string,
  region: string,
  { credentials, signal, answered }: Scope,
): Promise<string[] | 'not to be asked'> {
  const client = new DynamoDBClient(clientConfig(credentials, region));
  try {
    const { Table: found } = await client.send(new DescribeTableCommand({ TableName: table }), { abortSignal: signal });
    const others = (found?.Replicas ?? []).flatMap(({ RegionName }) => RegionName ?? []);
    return [...new Set([region, ...others])].sort();
  } catch (error) {
    // A policy may allow some tables and not others; whoever left, or asks too fast, is not to go on.
    const isAboutThisTable = /^(AccessDenied|ResourceNotFound)/.test((error as Error).name);
    return isAboutThisTable ? [] : 'not to be asked';
  } finally {
    answered?.();
  }
}
