/** All that a large account has: 5,000 instances and 2,000 tables over six regions, each call as far away as AWS is. */
import { createRegistry } from '#core/local/account/registry.ts';
import { REGIONS, TABLES } from '../../test/support/generated-account/holdings.ts';
import { startGeneratedAccount } from '../../test/support/generated-account/start.ts';
import { localSession } from '../../test/support/local-databases.ts';
import type { ListAccount, ListAccountTask } from '../children/list-account.ts';
import { type Figure, ms, seconds, thousands } from '../figure.ts';
import { inChild } from '../in-child.ts';
import { inTurn, median, ROUNDS } from '../rounds.ts';

/** For each call: about what a describe call takes from a function to a service in another region. */
const LATENCY_MS = 60;

export async function discovery(): Promise<Figure[]> {
  const registry = createRegistry(Buffer.alloc(32, 9));
  await using account = await startGeneratedAccount({ registry, latencyMs: LATENCY_MS });
  const session = localSession(registry, 'ada');
  const task = { endpoint: account.url, session, regions: REGIONS } satisfies ListAccountTask;
  const { runs } = await inTurn({ runs: () => inChild<ListAccount>('list-account', task) });
  const [{ resources = 0, tables = 0 } = {}] = runs as readonly Partial<ListAccount>[];
  if (tables !== TABLES) throw new Error(`There are not ${TABLES} tables.`);
  const what = `discovery of ${thousands(resources)} resources and ${thousands(tables)} tables`;
  return [
    { figure: `${what}: the first record`, measured: ms(median(runs.map(({ firstMs }) => firstMs))) },
    { figure: `${what}: the last record`, measured: seconds(median(runs.map(({ lastMs }) => lastMs))) },
    { figure: `${what}: calls in flight at most`, measured: String(account.seen.mostAtOnce) },
    { figure: `${what}: calls`, measured: thousands(account.seen.calls / (ROUNDS + 1)) },
  ];
}
