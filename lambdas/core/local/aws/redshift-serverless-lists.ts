/** Redshift Serverless' workgroups and namespaces, page by page, and the tags of a workgroup. */
import * as z from 'zod';
import type { RedshiftWorkgroup } from '../account/holdings.ts';
import { Fault } from './fault.ts';
import { type JsonOperations, parse } from './json-service.ts';
import { type Page, page, TOKEN_PAGES } from './paging.ts';
import type { Caller } from './service.ts';

const Asked = z.object({
  nextToken: z.string().min(8).max(1024).optional(),
  maxResults: z.number().optional(),
});

/** At most 1,011 characters (Redshift Serverless API Reference, ListTagsForResource). */
const OfResource = z.object({
  resourceArn: z
    .string()
    .max(1011)
    .regex(/^arn:aws:redshift-serverless:[a-z0-9-]+:\d{12}:workgroup\/[0-9a-f-]{36}$/),
});

export const redshiftServerlessLists = (all: readonly RedshiftWorkgroup[]): JsonOperations => ({
  ListWorkgroups(body, caller) {
    caller.authorize('redshift-serverless:ListWorkgroups', anyOf(caller, 'workgroup'));
    const { items, marker } = asked(seenBy(caller, all), body);
    return { workgroups: items.map(workgroup), nextToken: marker };
  },
  ListNamespaces(body, caller) {
    caller.authorize('redshift-serverless:ListNamespaces', anyOf(caller, 'namespace'));
    const namespaces = [...new Map(seenBy(caller, all).map((each) => [each.namespace, each])).values()];
    const { items, marker } = asked(namespaces, body);
    return { namespaces: items.map(namespace), nextToken: marker };
  },
  ListTagsForResource(body, caller) {
    const { resourceArn } = parse(OfResource, body);
    caller.authorize('redshift-serverless:ListTagsForResource', resourceArn);
    const found = seenBy(caller, all).find((each) => arnOf(each, 'workgroup') === resourceArn);
    if (!found) throw new Fault('noResource', `The resource ${resourceArn} was not found.`);
    return { tags: Object.entries(found.tags).map(([key, value]) => ({ key, value })) };
  },
});

const asked = <T>(all: readonly T[], body: unknown): Page<T> => {
  const given = Object.entries(parse(Asked, body)).filter(([, value]) => value !== undefined);
  return page(all, new Map(given.map(([name, value]) => [name, String(value)])), TOKEN_PAGES);
};

const seenBy = ({ region, key }: Caller, all: readonly RedshiftWorkgroup[]): RedshiftWorkgroup[] =>
  all.filter((each) => each.region === region && each.accountId === key.principal.accountId);

const anyOf = ({ region, key }: Caller, kind: string): string =>
  `arn:aws:redshift-serverless:${region}:${key.principal.accountId}:${kind}/*`;

const arnOf = ({ region, accountId, id }: RedshiftWorkgroup, kind: string): string =>
  `arn:aws:redshift-serverless:${region}:${accountId}:${kind}/${id}`;

const workgroup = (each: RedshiftWorkgroup) => ({
  workgroupId: each.id,
  workgroupArn: arnOf(each, 'workgroup'),
  workgroupName: each.name,
  namespaceName: each.namespace,
  baseCapacity: each.baseCapacity,
  enhancedVpcRouting: false,
  securityGroupIds: [each.vpcId.replace(/^vpc/, 'sg')],
  subnetIds: ['a', 'b', 'c'].map((zone) => `${each.vpcId.replace(/^vpc/, 'subnet')}${zone}`),
  status: 'AVAILABLE',
  endpoint: {
    address: each.endpoint.host,
    port: each.endpoint.port,
    vpcEndpoints: [{ vpcEndpointId: 'vpce-0lodgedemo', vpcId: each.vpcId }],
  },
  publiclyAccessible: each.publiclyAccessible,
  creationDate: '2026-01-05T08:30:00.000Z',
});

const namespace = (each: RedshiftWorkgroup) => ({
  namespaceArn: arnOf(each, 'namespace'),
  namespaceId: each.id,
  namespaceName: each.namespace,
  adminUsername: each.adminUser,
  dbName: each.database,
  kmsKeyId: 'AWS_OWNED_KMS_KEY',
  adminPasswordSecretArn: each.secretArn,
  status: 'AVAILABLE',
  creationDate: '2026-01-05T08:30:00.000Z',
});
