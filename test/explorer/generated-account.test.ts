/** Discovery as it is, against an account as large as they get, behind the endpoint that verifies everything. */
import { type Resource, type ResourcesRecord, SERVICES, Service } from '#contract/resources.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { listResources } from '../../lambdas/explorer/list-resources.ts';
import { noRules, ownKeys } from '../support/databases.ts';
import { GLOBAL, INSTANCES, REGIONS, TABLES } from '../support/generated-account/holdings.ts';
import { type GeneratedAccount, startGeneratedAccount } from '../support/generated-account/start.ts';
import { localSession } from '../support/local-databases.ts';
import { standing } from '../support/ports.ts';

const registry = createRegistry(Buffer.alloc(32, 9));
/** An opt-in region, and three that every account has. */
const TROUBLES = {
  'af-south-1': 'disabled',
  'sa-east-1': 'denied',
  'ca-central-1': 'throttled',
  'eu-north-1': 'silent',
} as const;
const SILENT = 'eu-north-1';
/** Only the silent region is heard of by the end of a limit: the others may take as long as a busy machine makes them. */
const LIMITS = { atOnce: 16, ofOneGroup: 5, silenceSeconds: 150 };
const SHORT = { ...LIMITS, silenceSeconds: 2 };

type Answer = Extract<ResourcesRecord, { type: 'resources' }>;
let account: GeneratedAccount;
let answers: Answer[];
let last: ResourcesRecord | undefined;
let silent: ResourcesRecord[];
/** How many calls to the silent region were under way when the first of them was given up. */
let unansweredAtFirst: number | undefined;
/** How many calls were made before the first record came. */
let callsBeforeFirst: number;

beforeAll(async () => {
  account = await startGeneratedAccount({ registry, troubles: TROUBLES });
  process.env.AWS_ENDPOINT_URL = account.url;
  const ports = { discovery, store: { ...noRules, instance: async () => undefined }, roles: ownKeys };
  const context = {
    session: localSession(registry, 'ada'),
    standing,
    requestId: 'r-1',
    address: '192.0.2.1',
    signal: new AbortController().signal,
  };
  const list = (regions: string[], limits: typeof LIMITS) =>
    listResources(ports, limits)({ params: undefined, query: undefined, body: { regions } }, context);
  answers = [];
  const heard = Object.keys(TROUBLES).filter((region) => region !== SILENT);
  const stream = await list([...heard, ...REGIONS], LIMITS);
  for await (const record of stream as AsyncIterable<ResourcesRecord>) {
    if (answers.length === 0) callsBeforeFirst = account.seen.calls;
    if (record.type === 'resources') answers.push(record);
    last = record;
  }
  silent = [];
  for await (const record of (await list([SILENT], SHORT)) as AsyncIterable<ResourcesRecord>) {
    unansweredAtFirst ??= account.seen.mostOfRegion[SILENT];
    silent.push(record);
  }
}, 180_000);
afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL;
  await account[Symbol.asyncDispose]();
});

const found = (): Resource[] => answers.flatMap(({ resources }) => resources);
const inTrouble = (trouble: string) =>
  answers.filter(({ region }) => (TROUBLES as Readonly<Record<string, string>>)[region] === trouble);

test('lists every instance and every table, once', () => {
  const instances = found().filter(({ id }) => /:rds:.*:db:/.test(id));
  expect(instances).toHaveLength(INSTANCES);
  expect(new Set(instances.map(({ id }) => id)).size).toBe(INSTANCES);
  const firstOfTables = new Map(
    answers.filter(({ service }) => service === 'dynamodb').map((each) => [each.region, each]),
  );
  const tables = [...firstOfTables.values()].flatMap(({ resources }) => resources.flatMap((each) => each.tables ?? []));
  expect(tables).toHaveLength(TABLES);
});

test('lists every cluster by one service only', () => {
  const clusters = found().filter(({ id }) => /:rds:.*:cluster:/.test(id));
  expect(clusters).toHaveLength(INSTANCES / 5);
  expect(new Set(clusters.map(({ id }) => id)).size).toBe(clusters.length);
  for (const { service, awsEngine } of clusters) expect(service).toBe(awsEngine === 'docdb' ? 'documentdb' : 'aurora');
});

test('lists what has several pages, or must be asked for one by one', () => {
  const count = (service: Service) =>
    new Set(found().flatMap((each) => (each.service === service ? each.id : []))).size;
  expect([count('rds-proxy'), count('redshift'), count('redshift-serverless')]).toEqual([120, 240, 60]);
  expect([count('dsql'), count('documentdb-elastic')]).toEqual([60, 60]);
});

test('marks the global tables, and no other of the same name', () => {
  const marked = found().flatMap(({ region, globalTables = {} }) =>
    Object.entries(globalTables).map(([name, others]) => ({ name, regions: [region, ...others].sort() })),
  );
  expect(marked).toHaveLength(GLOBAL * 3);
  expect(marked.every(({ name }) => name.startsWith('global-'))).toBe(true);
  for (const { regions } of marked) expect(regions).toEqual(REGIONS.slice(0, 3).sort());
});

test('answers for each service and region, in trouble or not', () => {
  const asked = new Set(answers.map(({ service, region }) => `${service} ${region}`));
  expect(asked.size).toBe(Service.options.length * (REGIONS.length + Object.keys(TROUBLES).length - 1));
  expect(last).toMatchObject({ type: 'end' });
});

test('says of each region what is wrong in it', () => {
  expect(inTrouble('disabled').map(({ status }) => status)).toEqual(Service.options.map(() => 'disabled'));
  for (const { status, service, action } of inTrouble('denied'))
    expect({ status, action }).toEqual({ status: 'denied', action: SERVICES[service].actions[0] });
  expect(inTrouble('throttled').map(({ status }) => status)).toEqual(Service.options.map(() => 'throttled'));
});

test('says that a region is silent, service by service, and comes to its end', () => {
  expect(silent.flatMap((one) => (one.type === 'resources' ? one.status : []))).toEqual(
    Service.options.map(() => 'timeout'),
  );
  expect(silent.at(-1)).toMatchObject({ type: 'end' });
});

test('leaves most of its calls to others where a region is silent', () => {
  expect(unansweredAtFirst).toBe(LIMITS.ofOneGroup);
});

test('keeps its calls within bounds, and answers early', () => {
  expect(account.seen.mostAtOnce).toBeLessThanOrEqual(LIMITS.atOnce);
  expect(callsBeforeFirst).toBeLessThan(account.seen.calls / 4);
});
