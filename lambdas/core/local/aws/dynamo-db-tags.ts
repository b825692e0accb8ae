/** The tags of DynamoDB's tables, which the DynamoDB of this machine does not keep: page by page, and not too often. */
import * as z from 'zod';
import { call, type Forward, type Place } from '../dynamo-db/backend.ts';
import { Fault } from './fault.ts';
import { parse } from './json-service.ts';
import { type PageRules, page } from './paging.ts';
import type { Caller } from './service.ts';
import { createThrottle } from './throttle.ts';

export interface TaggedTable extends Place {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Length as in DynamoDB's API Reference, ListTagsOfResource; the ARN of an index is not one of a resource with tags. */
const Asked = z.object({
  ResourceArn: z
    .string()
    .min(1)
    .max(1283)
    .regex(/^arn:aws:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]{3,255}$/),
  NextToken: z.string().optional(),
});

/** AWS does not say how many tags a page has; a few of them here, so that whoever reads one page only is found out. */
const PAGES: PageRules = { size: 'Limit', marker: 'NextToken', least: 1, most: 3, fault: 'invalid' };

/** "Up to 10 times per second, per account" (API Reference, ListTagsOfResource). */
const RATE = { burst: 10, perSecond: 10 };

/** Faults: invalid, denied, throttled, noResource. */
export const dynamoDbTags = (tables: readonly TaggedTable[], forward: Forward) => {
  const throttle = createThrottle(RATE);
  return async (body: unknown, { key, region, authorize }: Caller): Promise<object> => {
    const { ResourceArn: arn, NextToken: token } = parse(Asked, body);
    authorize('dynamodb:ListTagsOfResource', arn);
    const { accountId } = key.principal;
    throttle(`${accountId} ${region}`, Date.now());
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    const isHere = arn === `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
    if (!isHere || !(await exists(name, { accountId, region }, forward)))
      throw new Fault('noResource', `Requested resource not found: ${arn} not found`);
    const found = tables.find((each) => each.name === name && each.accountId === accountId && each.region === region);
    const tags = Object.entries(found?.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    const { items, marker } = page(tags, new Map(token === undefined ? [] : [[PAGES.marker, token]]), PAGES);
    return { Tags: items, NextToken: marker };
  };
};

const exists = (TableName: string, place: Place, forward: Forward): Promise<boolean> =>
  call(forward, place, 'DescribeTable', { TableName }).then(
    () => true,
    (error: Error) => {
      if (error.name === 'ResourceNotFoundException') return false;
      throw error;
    },
  );
