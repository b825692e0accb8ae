/** Many people of one account: each a session of a role with a name of its own, as AssumeRole gives out. */
import { createRegistry } from '#core/local/account/registry.ts';
import { loadSeed } from '#core/local/account/seed.ts';
import type { Credentials } from '#core/ports/identity.ts';

const SECONDS = 3_600;

/** Keys of so many users of the account in a folder; its endpoint verifies them as it does everybody's. */
export async function manyUsers(folder: string, count: number): Promise<Required<Credentials>[]> {
  const registry = createRegistry(await loadSeed(folder));
  return Array.from({ length: count }, (_, at) => {
    const { accessKeyId, secretAccessKey, sessionToken } = registry.assume('auditor', `load-${at}`, SECONDS);
    return { accessKeyId, secretAccessKey, sessionToken };
  });
}
