import { paginateListTables } from '@aws-sdk/client-dynamodb';
import type { Catalogue } from './catalogue.ts';

/** All tables of the region that may be seen, in the order of their names. Errors: AWS_DENIED, THROTTLED, AWS_UNAVAILABLE. */
export async function tablesSeen({ calls, tables }: Catalogue): Promise<{ name: string; readOnly: boolean }[]> {
  const all = await calls.send({ action: 'ListTables' }, async (client, options) => {
    const names: string[] = [];
    for await (const page of paginateListTables({ client }, { Limit: 100 }, options))
      names.push(...(page.TableNames ?? []));
    return names;
  });
  return tables.rules?.seen(all) ?? all.map((name) => ({ name, readOnly: false }));
}
