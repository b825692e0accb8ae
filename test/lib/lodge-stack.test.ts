import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ROUTES } from '#contract/routes.ts';
import { functionResource, type Resource, type Synthesised, synthesise } from '../support/stack.ts';

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise();
});
afterAll(() => stack.remove());

const ofType = (type: string, from = stack): Resource[] =>
  Object.values(from.resources).filter(({ Type }) => Type === `AWS::${type}`);
const only = (type: string, from = stack): Resource => {
  const [first, ...more] = ofType(type, from);
  if (!first || more.length > 0) throw new Error(`There is not one ${type}.`);
  return first;
};

const sessionKeyId = (): string => Object.keys(stack.resources).find((id) => id.startsWith('SessionKey')) ?? '';

describe('the table', () => {
  test('is paid by the request, restorable, and refuses to be deleted', () => {
    const table = only('DynamoDB::Table');
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      // CloudFormation adds one an update to a table that is there: a second one is for a later release.
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-user',
          KeySchema: [
            { AttributeName: 'byUser', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
    expect(table.DeletionPolicy).toBe('Retain');
  });

  test('goes with the stack where the settings give it up', () => {
    const other = synthesise({ settings: { keepData: false } });
    expect(only('DynamoDB::Table', other).Properties.DeletionProtectionEnabled).toBe(false);
    expect(only('DynamoDB::Table', other).DeletionPolicy).toBe('Delete');
    other.remove();
  });
});

describe('the session key', () => {
  test('is rotated, and waits a week before it is gone', () => {
    expect(stack.resources[sessionKeyId()]?.Properties).toMatchObject({
      EnableKeyRotation: true,
      PendingWindowInDays: 7,
    });
  });
});

describe('the functions', () => {
  const names = [...new Set(Object.values(ROUTES).map((route) => route.function))];

  test.each(names)('%s runs on Node 24 and arm64, with memory and an end', (name) => {
    const { Properties } = functionResource(stack.resources, name);
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    expect(Properties.MemorySize).toBeGreaterThanOrEqual(512);
    expect(Properties.Timeout).toBeLessThanOrEqual(900);
    expect(Properties.VpcConfig).toBeUndefined();
  });

  test('are as many as the contract has', () => {
    const ours = ofType('Lambda::Function').filter(({ Properties }) => /^Lodge: /.test(Properties.Description ?? ''));
    expect(ours).toHaveLength(names.length);
  });

  test.each(names)('%s cannot be called but by the API', (name) => {
    const id = Object.entries(stack.resources).find(
      ([, each]) => each === functionResource(stack.resources, name),
    )?.[0];
    const callers = ofType('Lambda::Permission')
      .filter(({ Properties }) => JSON.stringify(Properties.FunctionName).includes(`"${id}"`))
      .map(({ Properties }) => Properties.Principal);
    expect(new Set(callers)).toEqual(new Set(['apigateway.amazonaws.com']));
    expect(ofType('Lambda::Url')).toEqual([]);
  });
});

describe('the logs', () => {
  test('end after a month, or after what the settings say', () => {
    const logs = ofType('Logs::LogGroup');
    // Each function's, those of the two machines, and the API's.
    expect(logs.length).toBe(ofType('Lambda::Function').length + 3);
    for (const { Properties } of logs) expect(Properties.RetentionInDays).toBe(30);
    const other = synthesise({ settings: { logDays: 365 } });
    for (const { Properties } of ofType('Logs::LogGroup', other)) expect(Properties.RetentionInDays).toBe(365);
    other.remove();
  });

  test('of every function are its own group, made by the stack', () => {
    const groups = ofType('Lambda::Function').map(({ Properties }) => Properties.LoggingConfig?.LogGroup.Ref);
    expect(groups).not.toContain(undefined);
    expect(new Set(groups).size).toBe(groups.length);
  });
});

describe('the stack', () => {
  test('says where it is, and what it made', () => {
    expect(Object.keys(stack.outputs).toSorted()).toEqual(
      [
        'ApiUrl',
        'DistributionDomain',
        'ExternalId',
        'ResultsBucket',
        'RunMachineArn',
        'RunManyMachineArn',
        'RunScriptArn',
        'RunnerRoleArn',
        'SessionKeyArn',
        'TableName',
        'Url',
      ].toSorted(),
    );
  });

  test('holds nothing that costs while nobody uses it, but a key', () => {
    const idle = /::(EC2|RDS|ElasticLoadBalancing|ECS|WAFv2|SecretsManager|CloudWatch)::/;
    expect(Object.values(stack.resources).filter(({ Type }) => idle.test(Type))).toEqual([]);
    // A dollar a month each: that of sessions, and that of results.
    expect(ofType('KMS::Key')).toHaveLength(2);
    for (const { Properties } of ofType('Lambda::Function'))
      expect(Properties.ReservedConcurrentExecutions ?? Properties.ProvisionedConcurrencyConfig).toBeUndefined();
  });

  test.each([
    ['as it comes', {}],
    ['with traces', { tracing: true }],
    ['with alarms', { alarmEmail: 'operations@example.com' }],
    ['with a web ACL', { webAclArn: 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/lodge/0a1b' }],
    ['without keeping its data', { keepData: false }],
    ['with an address that is told of runs', { notifyEmail: 'people@example.com' }],
    ['with roles of another account', { automationRoles: ['arn:aws:iam::444455556666:role/data/*'] }],
    ['with logs of API Gateway set up elsewhere', { apiGatewayLogRole: false }],
    ['in a named account and region', { account: '111122223333', region: 'eu-central-1', name: 'Lodge-Blue' }],
  ])('breaks no rule of AWS Solutions, Serverless or CloudFormation, %s', (_, settings) => {
    expect(() => synthesise({ settings, check: true }).remove()).not.toThrow();
  });

  test('would be refused if it broke one', () => {
    const broken = () => synthesise({ check: true, add: (refused) => void new Bucket(refused, 'Open') });
    expect(broken).toThrow(/requests to use SSL[\s\S]*Lodge\/Open/);
  });
});
