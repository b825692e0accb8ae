import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { AutomationDraft } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { Automations, StoredAutomation } from '../../ports/automations.ts';
import type { Clock } from '../../ports/clock.ts';
import { pageByName, placeOf } from './by-name.ts';
import { partition } from './partition.ts';
import { failed, tableOf } from './table.ts';

const automationKey = (id: string) => ({ pk: 'AUTOMATIONS', sk: id }) as const;

const By = z.object({ id: z.string(), name: z.string() });

const AutomationItem = AutomationDraft.extend({
  sk: z.string(),
  owner: By,
  createdAt: z.string(),
  changedAt: z.string(),
  /** Absent in what was kept before it was asked. */
  changedBy: By.optional(),
  revision: z.number().int(),
});

function toAutomation(item: unknown): StoredAutomation {
  const { sk: id, ...rest } = AutomationItem.parse(item);
  return { id, ...rest, changedBy: rest.changedBy ?? rest.owner };
}

/** An item for each automation. There are few: all of them are read for a page by name. */
export function dynamoAutomations(client: DynamoDBDocumentClient, name: string, clock: Clock): Automations {
  const table = tableOf(client, name);
  const read = async (id: string): Promise<StoredAutomation | undefined> => {
    const item = await table.get(automationKey(id));
    return item && toAutomation(item);
  };
  const now = () => clock().toISOString();
  return {
    read,
    async list(page) {
      const found: { item: StoredAutomation; place: ReturnType<typeof placeOf> }[] = [];
      for await (const items of partition(table, automationKey('').pk))
        for (const item of items) found.push({ item: toAutomation(item), place: placeOf(item.name, item.sk) });
      const { items, ...more } = pageByName(found, page);
      return { automations: items, ...more };
    },

    async create(id, automation, owner) {
      const at = now();
      const made = { ...automation, owner, createdAt: at, changedAt: at, changedBy: owner, revision: 1 };
      const written = await table.put({
        Item: { ...automationKey(id), ...made },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      if (!written) throw new AppError('CHANGED_MEANWHILE');
      return { id, ...made };
    },

    async change(id, revision, automation, changedBy) {
      const before = await read(id);
      if (!before) throw new AppError('AUTOMATION_NOT_FOUND');
      const { owner, createdAt } = before;
      const made = { ...automation, owner, createdAt, changedAt: now(), changedBy, revision: revision + 1 };
      const written = await table.put({
        Item: { ...automationKey(id), ...made },
        ConditionExpression: 'revision = :seen',
        ExpressionAttributeValues: { ':seen': revision },
      });
      if (!written) throw new AppError('CHANGED_MEANWHILE');
      return { id, ...made };
    },

    async remove(id) {
      const command = new DeleteCommand({ TableName: name, Key: automationKey(id), ReturnValues: 'ALL_OLD' });
      return (await client.send(command).catch(failed)).Attributes !== undefined;
    },
  };
}
