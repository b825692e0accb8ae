/**
 * The policy that the form of an automation writes, given to a role of the local account, whose IAM holds it to the
 * letter: with it a run finds its resource and logs in, without a part of it not, and nothing else opens.
 */
import type { CheckStep, RunLogin } from '#contract/automations.ts';
import type { Policy } from '#contract/policies.ts';
import type { Resource } from '#contract/resources.ts';
import { type RunPlace, runPolicy } from '#contract/run-policy.ts';
import { ScriptDraft } from '#contract/scripts.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import { runPorts } from '#core/aws/run-ports.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import type { Statement } from '#core/local/account/policy.ts';
import { ACCOUNT_ID, HOME_REGION, SECRETS_KEY_ARN } from '#core/local/account/principals.ts';
import { ROLES } from '#core/local/account/roles.ts';
import { accounts } from '#core/local/demo/accounts.ts';
import { adhoc } from '#core/local/demo/adhoc.ts';
import { analytics } from '#core/local/demo/analytics.ts';
import type { DemoPart } from '#core/local/demo/demo.ts';
import { managedSecret } from '#core/local/demo/managed-secret.ts';
import { shop } from '#core/local/demo/shop.ts';
import { shopProxy } from '#core/local/demo/shop-proxy.ts';
import { warehouse } from '#core/local/demo/warehouse.ts';
import { runScript } from '../../lambdas/run-script/run-script.ts';
import { describeWith } from '../support/machine.ts';
import { claimedInstance, recordingLog } from '../support/ports.ts';
import { MARIA, ROLE } from '../support/runner.ts';
import { startWhole, userOf, type Whole } from '../support/whole.ts';

/** The shop's main user once more, in a secret under a key of the account's own. */
const sealed: DemoPart = {
  keeps: [],
  async start({ postgres }) {
    const password = (await postgres).managed.shop_owner ?? '';
    const secret = managedSecret({
      ...{ name: 'shop-sealed', region: HOME_REGION, user: 'shop_owner', password },
      kmsKeyArn: SECRETS_KEY_ARN,
    });
    return { holds: { secrets: [secret] }, lines: [], lacking: [], async [Symbol.asyncDispose]() {} };
  },
};

const stack = new AsyncDisposableStack();
const { log } = recordingLog();
const TABLES = `arn:aws:dynamodb:${HOME_REGION}:${ACCOUNT_ID}:table/*`;
let whole: Whole;
let ports: ReturnType<typeof runPorts>;
const found = new Map<string, Resource>();

beforeAll(async () => {
  const demos = [shop, shopProxy, analytics, warehouse, adhoc, accounts, sealed];
  whole = stack.use(await startWhole({ demos, dynamoDbLocal: true }));
  const automation = { automators: 'editor' as const, roles: [ROLE] };
  await whole.ports.store.claim({ ...claimedInstance, automation }, userOf('ada'));
  ports = runPorts(whole.environment, log);
  // As the page finds them, with the keys of its user.
  const { accessKeyId, secretAccessKey } = whole.registry.longTerm('ada');
  const credentials = { accessKeyId, secretAccessKey };
  const scope = { partition: 'aws', accountId: ACCOUNT_ID, credentials, signal: AbortSignal.timeout(60_000) };
  for (const service of ['rds', 'aurora', 'rds-proxy', 'redshift', 'redshift-serverless', 'dynamodb', 'dsql'] as const)
    for (const region of [HOME_REGION, 'us-east-1', 'eu-west-1'])
      for (const resource of (await discovery.list(service, region, scope)).resources)
        found.set(resource.service === 'dynamodb' ? resource.id : resource.name, resource);
}, 120_000);
afterAll(() => stack.disposeAsync());
afterEach(() => jest.restoreAllMocks());

const resourceOf = (name: string): Resource => {
  const resource = found.get(name);
  if (!resource) throw new Error(`There is no ${name} among ${[...found.keys()].join(', ')}.`);
  return resource;
};

/** The role has this policy and no other. */
function give({ Statement: statements }: Policy): void {
  const allows = statements.map(
    ({ Action, Resource, Condition }): Statement => ({
      actions: [Action].flat(),
      resources: [Resource].flat(),
      ...(Condition && { conditions: Condition }),
    }),
  );
  jest.replaceProperty(ROLES.nightly as { allows: readonly Statement[] }, 'allows', allows);
}

/** The same without one of its actions, for each of them. */
const reduced = ({ Statement: statements, ...policy }: Policy): [string, Policy][] =>
  statements.flatMap(({ Action }, at) =>
    [Action].flat().map((action): [string, Policy] => {
      const Statement = statements.map((one, index) =>
        index === at ? { ...one, Action: [one.Action].flat().filter((each) => each !== action) } : one,
      );
      return [action, { ...policy, Statement }];
    }),
  );

let calls = 0;
const call = (input: object): Promise<unknown> => {
  calls += 1;
  const act = runScript({ ...ports, databases: databasesOf(whole.environment), networks: undefined });
  return act(input, { awsRequestId: `call-${calls}`, getRemainingTimeInMillis: () => 60_000 });
};

const isWell = async ({ resource, login, database, readOnly }: RunPlace): Promise<boolean> => {
  const place = { resourceId: resource.id, ...(login && { login }), ...(database && { database }), readOnly };
  const { steps } = (await call({ check: { ...place, roleArn: ROLE } })) as { steps: CheckStep[] };
  return steps.every(({ state }) => state === 'passed');
};

const at = (name: string, login?: RunLogin, database?: string): RunPlace => ({
  resource: resourceOf(name),
  login,
  database,
  readOnly: true,
  tables: [],
});
const sealedSecret = () => whole.holdings.secrets.find(({ name }) => name === 'shop-sealed')?.arn ?? '';

const PLACES: Record<string, () => RunPlace> = {
  'the shop as one of its users': () => at('shop', { method: 'iam', user: 'analyst_iam' }),
  'the shop as the user that it names': () => at('shop'),
  'the shop by a secret under a key of the account': () => at('shop', { method: 'secret', secretArn: sealedSecret() }),
  'a cluster of Aurora': () => at('analytics', { method: 'iam', user: 'analyst_iam' }),
  'a proxy as one of its users': () => at('shop-proxy', { method: 'iam', user: 'analyst_iam' }, 'shop'),
  'a proxy as the user that its tag names': () => at('shop-proxy', undefined, 'shop'),
  'a cluster of Redshift as the role itself': () => at('warehouse', { method: 'identity' }),
  'a cluster of Redshift as one of its users': () => at('warehouse', { method: 'temporary', user: 'analyst' }),
  'a workgroup of Redshift Serverless': () => at('adhoc', { method: 'identity' }),
  'Aurora DSQL as one of its users': () => at('accounts', { method: 'iam', user: 'bookkeeper' }),
  'Aurora DSQL as its administrator': () => at('accounts', { method: 'iam', user: 'admin' }),
};
const NAMES = Object.keys(PLACES);

describe.each(NAMES)('the policy of %s', (name) => {
  test('suffices', async () => {
    const place = PLACES[name]?.() as RunPlace;
    give(runPolicy(place).policy);
    expect(await isWell(place)).toBe(true);
  });

  test('has no part that it could do without', async () => {
    const place = PLACES[name]?.() as RunPlace;
    for (const [action, policy] of reduced(runPolicy(place).policy)) {
      give(policy);
      expect([action, await isWell(place)]).toEqual([action, false]);
      jest.restoreAllMocks();
    }
  });

  test('opens nothing else', async () => {
    give(runPolicy(PLACES[name]?.() as RunPlace).policy);
    for (const other of NAMES.filter((one) => one !== name))
      expect([other, await isWell(PLACES[other]?.() as RunPlace)]).toEqual([other, false]);
  });
});

test('a secret under the key of AWS is read without the statement that is said to be left out then', async () => {
  const place = at('shop', { method: 'secret' });
  const { policy, says } = runPolicy(place);
  expect(says).toEqual([expect.stringMatching(/^DecryptSecret .* leave it out\.$/)]);
  give({ ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== 'DecryptSecret') });
  expect(await isWell(place)).toBe(true);
  expect(await isWell(PLACES['the shop by a secret under a key of the account']?.() as RunPlace)).toBe(false);
});

describeWith('java', 'the policy of DynamoDB', () => {
  const place = (readOnly: boolean): RunPlace => ({ ...at(TABLES), readOnly, tables: ['shop-orders'] });
  const READS = [
    `select * from "shop-orders" where pk = 'nobody'`,
    `QUERY { "table": "shop-orders", "key": { "pk": "nobody" } }`,
    'SCAN { "table": "shop-orders" }',
  ];
  const WRITES = [
    `insert into "shop-orders" value {'pk': 'of', 'sk': 'a run'}`,
    `update "shop-orders" set note = 'seen' where pk = 'of' and sk = 'a run'`,
    `delete from "shop-orders" where pk = 'of' and sk = 'a run'`,
  ];

  async function run(texts: readonly string[], readOnly: boolean): Promise<string> {
    const draft = { name: 'Tables', engine: 'dynamodb', text: texts.join(';\n'), shared: true };
    const { id: scriptId } = await ports.scripts.create(ScriptDraft.parse(draft), MARIA);
    return call({ scriptId, resourceId: TABLES, roleArn: ROLE, readOnly }).then(
      () => 'done',
      ({ message }: Error) => message,
    );
  }

  test('suffices to read, in each way, and is not one that writes', async () => {
    give(runPolicy(place(true)).policy);
    expect(await run(READS, true)).toBe('done');
    for (const text of WRITES) expect(await run([text], false)).toContain('The role does not allow dynamodb:PartiQL');
  });

  test('suffices to write where the automation may', async () => {
    give(runPolicy(place(false)).policy);
    expect(await run([...WRITES, ...READS], false)).toBe('done');
  });

  test('has no part that it could do without, and reads no other table', async () => {
    const { policy } = runPolicy(place(false));
    for (const [action, less] of reduced(policy)) {
      give(less);
      expect([action, await run([...WRITES, ...READS], false)]).not.toEqual([action, 'done']);
      jest.restoreAllMocks();
    }
    give(policy);
    expect(await run(['select * from "lodge"'], true)).toContain('dynamodb:');
  });
});
