/** The generated account behind the endpoint that verifies everything, with regions in which something is wrong. */
import type { Registry } from '#core/local/account/registry.ts';
import { docDbElastic } from '#core/local/aws/docdb-elastic.ts';
import { dsql } from '#core/local/aws/dsql.ts';
import { dynamoDb } from '#core/local/aws/dynamo-db.ts';
import { Fault } from '#core/local/aws/fault.ts';
import { rds } from '#core/local/aws/rds.ts';
import { redshift } from '#core/local/aws/redshift.ts';
import { redshiftClusters } from '#core/local/aws/redshift-clusters.ts';
import { redshiftServerless } from '#core/local/aws/redshift-serverless.ts';
import { redshiftServerlessLists } from '#core/local/aws/redshift-serverless-lists.ts';
import { startAwsEndpoint, type VerifiedCall } from '#core/local/aws/start-aws-endpoint.ts';
import { generatedHoldings, generatedTables } from './holdings.ts';
import { tablesOnly } from './tables.ts';

/** What is wrong in a region, as AWS would let one feel it. */
const TROUBLES = {
  disabled: () => Promise.reject(new Fault('unknownKey', 'The security token included in the request is invalid.')),
  denied: ({ service }: VerifiedCall) =>
    Promise.reject(new Fault('denied', `Not authorized to call ${service}, with an explicit deny in a policy.`)),
  throttled: () => Promise.reject(new Fault('throttled', 'Rate exceeded')),
  silent: ({ left }: VerifiedCall) =>
    new Promise<never>((_, reject) => {
      left.addEventListener('abort', () => reject(new Fault('unavailable', 'Nobody waits for this any more.')));
    }),
} as const;

export interface GeneratedOptions {
  readonly registry: Registry;
  readonly troubles?: Readonly<Record<string, keyof typeof TROUBLES>>;
  /** What AWS and the way to it would take, for each call. */
  readonly latencyMs?: number;
}

export interface GeneratedAccount extends AsyncDisposable {
  readonly url: string;
  /** Counted at the endpoint. */
  readonly seen: { calls: number; mostAtOnce: number; mostOfRegion: Record<string, number> };
  /** From now on these actions are denied, and no others. */
  deny(...actions: string[]): void;
}

/** The operations of REST are methods and paths. */
const REST_ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/^GET \/clusters?$/, 'ListClusters'],
  [/^GET \/cluster\//, 'GetCluster'],
  [/^GET \/tags\//, 'ListTagsForResource'],
];

const actionOf = ({ service, operation }: VerifiedCall): string =>
  `${service}:${REST_ACTIONS.find(([pattern]) => pattern.test(operation))?.[1] ?? operation}`;

export const startGeneratedAccount = async (options: GeneratedOptions): Promise<GeneratedAccount> => {
  const { registry, troubles = {}, latencyMs = 0 } = options;
  const holdings = generatedHoldings();
  const tables = generatedTables();
  const seen = { calls: 0, mostAtOnce: 0, mostOfRegion: {} as Record<string, number> };
  const ofRegion = new Map<string, number>();
  let atOnce = 0;
  let denied: readonly string[] = [];
  const endpoint = await startAwsEndpoint({
    registry,
    services: [
      rds(holdings),
      redshift(redshiftClusters(holdings.redshiftClusters)),
      redshiftServerless(redshiftServerlessLists(holdings.workgroups)),
      dynamoDb(tablesOnly(tables), tables),
      docDbElastic(holdings.elasticClusters),
      dsql(holdings.dsqlClusters),
    ],
    async around(call, answer) {
      seen.calls += 1;
      atOnce += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, atOnce);
      const here = (ofRegion.get(call.region) ?? 0) + 1;
      ofRegion.set(call.region, here);
      seen.mostOfRegion[call.region] = Math.max(seen.mostOfRegion[call.region] ?? 0, here);
      try {
        if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
        const trouble = denied.includes(actionOf(call)) ? 'denied' : troubles[call.region];
        return await (trouble ? TROUBLES[trouble](call) : answer());
      } finally {
        atOnce -= 1;
        ofRegion.set(call.region, (ofRegion.get(call.region) ?? 1) - 1);
      }
    },
  });
  const deny = (...actions: string[]) => {
    denied = actions;
  };
  return { url: endpoint.url, seen, deny, [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose]() };
};
