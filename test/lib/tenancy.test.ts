import type { FunctionName, Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { readSettings } from '../../lib/settings.ts';
import { functionResource, type Resource, type Synthesised, synthesise } from '../support/stack.ts';

const network = { name: 'data', vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d'] };
let shared: Synthesised;
let isolated: Synthesised;
beforeAll(() => {
  shared = synthesise({ settings: { networks: [network] } });
  isolated = synthesise({ settings: { networks: [network], isolation: 'per-user' }, check: true });
}, 120_000);
afterAll(() => {
  shared.remove();
  isolated.remove();
});

const ofType = (stack: Synthesised, type: string): [string, Resource][] =>
  Object.entries(stack.resources).filter(([, { Type }]) => Type === `AWS::${type}`);
const described = (stack: Synthesised, description: string) =>
  ofType(stack, 'Lambda::Function').find(([, { Properties }]) =>
    String(Properties.Description).startsWith(description),
  );

const routes = Object.entries(ROUTES) as [string, Route][];
const NAMES = [...new Set(routes.map(([, { function: name }]) => name))];
const opens = (name: FunctionName) =>
  routes.some(([, route]) => route.function === name && route.needs.includes('session.open'));
const PER_TENANT = { TenantIsolationMode: 'PER_TENANT' };

describe('by default', () => {
  test('nothing is isolated, and nothing authorizes', () => {
    for (const [, { Properties }] of ofType(shared, 'Lambda::Function'))
      expect(Properties.TenancyConfig).toBeUndefined();
    expect(ofType(shared, 'ApiGateway::Authorizer')).toEqual([]);
    for (const [, { Properties }] of ofType(shared, 'ApiGateway::Method')) {
      expect(Properties.AuthorizationType).toBe('NONE');
      expect(Properties.Integration.RequestParameters).toBeUndefined();
    }
    expect(described(shared, 'Lodge: says whose')).toBeUndefined();
  });
});

describe('with isolation per user', () => {
  test.each(NAMES)('%s has environments of its users’ own where it opens sessions', (name) => {
    const { TenancyConfig: config } = functionResource(isolated.resources, name).Properties;
    expect(config).toEqual(opens(name) ? PER_TENANT : undefined);
  });

  test('only signing in opens none: whose keys they are is not known before', () => {
    expect(NAMES.filter((name) => !opens(name))).toEqual(['sign-in']);
  });

  test('so do the connectors, which hold a password of a database', () => {
    expect(described(isolated, 'Lodge’s connector'.replace('’', "'"))?.[1].Properties.TenancyConfig).toEqual(
      PER_TENANT,
    );
  });

  test('what is isolated is another function than before, for Lambda cannot change the one', () => {
    const before = new Set(ofType(shared, 'Lambda::Function').map(([id]) => id));
    for (const [id, { Properties }] of ofType(isolated, 'Lambda::Function'))
      if (Properties.TenancyConfig) expect(before.has(id)).toBe(false);
  });

  const methodOf = ({ method, path }: Route): Resource['Properties'] => {
    const operation = `${method} ${path}`;
    for (const [, { Properties }] of ofType(isolated, 'ApiGateway::Method'))
      if (`${Properties.HttpMethod} ${pathOf(Properties.ResourceId)}` === operation) return Properties;
    throw new Error(`There is no method ${operation}.`);
  };
  const pathOf = (id: { Ref?: string }): string => {
    const { PathPart: part, ParentId: parent } = isolated.resources[id.Ref ?? '']?.Properties ?? {};
    return part === undefined ? '' : `${pathOf(parent)}/${part}`;
  };

  test.each(routes)('%s is named a tenant by the authorizer, and by nothing that a client sends', (_, route) => {
    const { Integration: integration, AuthorizationType: type, AuthorizerId: authorizer } = methodOf(route);
    const [[id] = ['']] = ofType(isolated, 'ApiGateway::Authorizer');
    const parameters = integration.RequestParameters;
    expect(integration.Type).toBe('AWS_PROXY');
    if (!opens(route.function)) expect(parameters).toBeUndefined();
    else if (route.audience === 'public')
      expect(parameters).toEqual({ 'integration.request.header.X-Amz-Tenant-Id': "'nobody'" });
    else expect(parameters).toEqual({ 'integration.request.header.X-Amz-Tenant-Id': 'context.authorizer.tenant' });
    const asked = opens(route.function) && route.audience !== 'public';
    expect([type, authorizer]).toEqual(asked ? ['CUSTOM', { Ref: id }] : ['NONE', undefined]);
    expect(JSON.stringify(parameters ?? {})).not.toContain('method.request');
  });

  test('the authorizer is asked of every request anew, and may unwrap the keys of sessions and nothing else', () => {
    const [[, authorizer] = []] = ofType(isolated, 'ApiGateway::Authorizer');
    expect(authorizer?.Properties).toMatchObject({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 0 });
    expect(authorizer?.Properties.IdentitySource || undefined).toBeUndefined();
    const [, { Properties: made }] = described(isolated, 'Lodge: says whose') ?? ['', { Properties: {} } as Resource];
    expect(made.TenancyConfig).toBeUndefined();
    const role = made.Role['Fn::GetAtt'][0];
    const statements = ofType(isolated, 'IAM::Policy')
      .filter(([, { Properties }]) => Properties.Roles[0].Ref === role)
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    expect(statements.map(({ Action }) => Action)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      'kms:Decrypt',
    ]);
  });
});

test.each(['cn-north-1', 'us-gov-west-1', 'ap-southeast-6'])(
  'is refused in %s, where Lambda has no tenants',
  (region) => {
    expect(() => readSettings({ region, isolation: 'per-user' })).toThrow(
      'lodge.isolation: is not to be had in this region: Lambda isolates no tenants there',
    );
    expect(readSettings({ region }).isolation).toBe('shared');
  },
);
