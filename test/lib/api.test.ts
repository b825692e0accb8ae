import { ERRORS } from '#contract/errors.ts';
import { ROUTES } from '#contract/routes.ts';
import { functionResource, type Resource, type Synthesised, synthesise } from '../support/stack.ts';

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise();
});
afterAll(() => stack.remove());

const ofType = (from: Synthesised, type: string): Resource[] =>
  Object.values(from.resources).filter(({ Type }) => Type === `AWS::${type}`);
const only = (from: Synthesised, type: string): Resource => {
  const [first, ...more] = ofType(from, type);
  if (!first || more.length > 0) throw new Error(`There is not one ${type}.`);
  return first;
};

/** The path of a resource of the API, read from its parents. */
function pathOf(id: string): string {
  const found = stack.resources[id];
  if (found?.Type !== 'AWS::ApiGateway::Resource') return '';
  return `${pathOf(found.Properties.ParentId.Ref)}/${found.Properties.PathPart}`;
}

/** The method of a route, which must be there. */
function methodOf({ method, path }: { method: string; path: string }): Resource['Properties'] {
  const found = ofType(stack, 'ApiGateway::Method').find(
    ({ Properties }) => Properties.HttpMethod === method && pathOf(Properties.ResourceId.Ref) === path,
  );
  if (!found) throw new Error(`There is no ${method} ${path}.`);
  return found.Properties;
}

const routes = Object.entries(ROUTES);

describe('the API', () => {
  test('has a method for each route, and no other', () => {
    const methods = ofType(stack, 'ApiGateway::Method').map(
      ({ Properties }) => `${Properties.HttpMethod} ${pathOf(Properties.ResourceId.Ref)}`,
    );
    expect(methods.toSorted()).toEqual(routes.map(([, { method, path }]) => `${method} ${path}`).toSorted());
  });

  test.each(routes)('%s is answered by the function that it names, as a stream', (_, route) => {
    const { Integration: integration } = methodOf(route);
    const id = Object.entries(stack.resources).find(
      ([, each]) => each === functionResource(stack.resources, route.function),
    )?.[0];
    expect(integration.Type).toBe('AWS_PROXY');
    expect(integration.ResponseTransferMode).toBe('STREAM');
    const uri = JSON.stringify(integration.Uri);
    expect(uri).toContain(`{"Fn::GetAtt":["${id}","Arn"]}`);
    expect(uri).toContain('/response-streaming-invocations');
  });

  test.each(routes)('%s is waited for as long as its function may run, or as a reader would', (_, route) => {
    const { Timeout: seconds } = functionResource(stack.resources, route.function).Properties;
    const expected = 'streams' in route ? seconds : Math.min(seconds, 60);
    expect(methodOf(route).Integration.TimeoutInMillis).toBe(expected * 1000);
  });

  test('a query may run as long as its route lets a caller ask, and Lambda allows', () => {
    const { Timeout: seconds } = functionResource(stack.resources, 'query').Properties;
    const asked = ROUTES.query.body.shape.timeoutSeconds.safeParse(seconds);
    expect(asked.success).toBe(false);
    expect(seconds).toBe(900);
  });

  test('each function may be called for its own routes only', () => {
    const permissions = ofType(stack, 'Lambda::Permission').filter(
      ({ Properties }) => Properties.Principal === 'apigateway.amazonaws.com',
    );
    const sources = permissions.map(({ Properties }) => JSON.stringify(Properties.SourceArn));
    for (const [, { method, path }] of routes) {
      // Whatever stands in the place of a name: so CDK writes it.
      const place = `/${method}${path.replaceAll(/\{\w+\}/g, '*')}"`;
      const mine = sources.filter((source) => source.includes(place));
      expect(mine).toHaveLength(1);
    }
    expect(sources).toHaveLength(routes.length);
    expect(sources.filter((source) => source.includes('test-invoke-stage'))).toEqual([]);
  });

  test('stands in one region, behind the site', () => {
    expect(only(stack, 'ApiGateway::RestApi').Properties.EndpointConfiguration).toEqual({ Types: ['REGIONAL'] });
  });

  test('lets nobody read its answers from another origin', () => {
    expect(ofType(stack, 'ApiGateway::Method').filter(({ Properties }) => Properties.HttpMethod === 'OPTIONS')).toEqual(
      [],
    );
  });
});

describe('what API Gateway answers itself', () => {
  const answers = (): Record<string, Resource['Properties']> =>
    Object.fromEntries(
      ofType(stack, 'ApiGateway::GatewayResponse').map(({ Properties }) => [Properties.ResponseType, Properties]),
    );

  test.each([
    ['MISSING_AUTHENTICATION_TOKEN', 'ROUTE_NOT_FOUND'],
    ['REQUEST_TOO_LARGE', 'BODY_TOO_LARGE'],
    ['THROTTLED', 'THROTTLED'],
    ['DEFAULT_5XX', 'INTERNAL'],
  ] as const)('%s is %s of the contract', (type, code) => {
    const [status, message] = ERRORS[code];
    const { StatusCode, ResponseTemplates, ResponseParameters } = answers()[type];
    expect(StatusCode).toBe(String(status));
    expect(JSON.parse(ResponseTemplates['application/json'])).toEqual({
      code,
      message,
      requestId: '$context.requestId',
    });
    expect(ResponseParameters).toEqual({ 'gatewayresponse.header.Cache-Control': "'no-store'" });
  });

  test('nothing but the request id is filled in', () => {
    for (const { ResponseTemplates } of Object.values(answers()))
      expect(ResponseTemplates['application/json'].match(/[$#]\w+(\.\w+)*/g)).toEqual(['$context.requestId']);
  });
});

describe('the stage', () => {
  const settingsOf = (from: Synthesised, path: string) =>
    only(from, 'ApiGateway::Stage').Properties.MethodSettings.find(
      ({ ResourcePath }: { ResourcePath: string }) => ResourcePath === path,
    );

  test('is throttled, and signing in more than the rest', () => {
    expect(settingsOf(stack, '/*')).toMatchObject({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    expect(settingsOf(stack, '/~1api~1session')).toMatchObject({
      HttpMethod: 'POST',
      ThrottlingRateLimit: 5,
      ThrottlingBurstLimit: 10,
    });
  });

  test('never logs what was sent or answered', () => {
    for (const setting of only(stack, 'ApiGateway::Stage').Properties.MethodSettings)
      expect(setting.DataTraceEnabled).toBe(false);
    expect(settingsOf(stack, '/*').LoggingLevel).toBe('OFF');
    const format = JSON.parse(only(stack, 'ApiGateway::Stage').Properties.AccessLogSetting.Format);
    expect(Object.values(format).filter((field) => /header|cookie|query|body|authorizer/i.test(String(field)))).toEqual(
      [],
    );
    expect(format).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
  });

  test('caches nothing', () => {
    expect(only(stack, 'ApiGateway::Stage').Properties.CacheClusterEnabled).toBeUndefined();
  });

  test('takes throttling, traces and a web ACL from the settings', () => {
    const webAclArn = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/lodge/0a1b';
    const other = synthesise({ settings: { throttling: { rate: 3, signInRate: 2 }, tracing: true, webAclArn } });
    expect(settingsOf(other, '/*').ThrottlingRateLimit).toBe(3);
    expect(settingsOf(other, '/~1api~1session').ThrottlingRateLimit).toBe(2);
    expect(only(other, 'ApiGateway::Stage').Properties.TracingEnabled).toBe(true);
    expect(functionResource(other.resources, 'query').Properties.TracingConfig).toEqual({ Mode: 'Active' });
    expect(only(other, 'WAFv2::WebACLAssociation').Properties.WebACLArn).toBe(webAclArn);
    other.remove();
    expect(ofType(stack, 'WAFv2::WebACLAssociation')).toEqual([]);
  });

  test('leaves the region’s role for logs alone where the settings say so', () => {
    expect(ofType(stack, 'ApiGateway::Account')).toHaveLength(1);
    expect(only(stack, 'ApiGateway::Account').DeletionPolicy).toBe('Retain');
    const other = synthesise({ settings: { apiGatewayLogRole: false } });
    expect(ofType(other, 'ApiGateway::Account')).toEqual([]);
    other.remove();
  });
});
