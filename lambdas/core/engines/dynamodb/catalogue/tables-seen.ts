import { paginateListTables } from '@aws-sdk/client-dynamodb';
import type { Catalogue } from './catalogue.ts';

/** The names of all tables of the region that may be seen, in their order. Errors: AWS_DENIED, THROTTLED, AWS_UNAVAILABLE. */
export const tableNames = ({ calls, tables }: Catalogue): Promise<string[]> =>
  calls.send({ action: 'ListTables' }, async (client, options) => {
    const names: string[] = [];
    for await (const page of paginateListTables({ client }, { Limit: 100 }, options))
      names.push(...(page.TableNames ?? []));
    return names.filter((name) => tables.access?.(name) !== 'hidden');
  });
