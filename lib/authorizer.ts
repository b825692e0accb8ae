/**
 * With `isolation: per-user`, what says whose environment a request goes to. API Gateway asks it of each request, and
 * writes its answer into the header that Lambda reads. Nothing that a client sends becomes that header: a proxy integration
 * passes a client's own headers on inside the event (Lambda Developer Guide, "Invoking Lambda functions with tenant
 * isolation"). Without a memory, for one entry a session would outlive the session.
 */
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { type IAuthorizer, type MethodOptions, RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Route } from '#contract/route.ts';
import { NOBODY } from '#core/session/tenant.ts';
import { acceptFunctionRules, FUNCTION, functionLogs, ROOT } from './functions.ts';
import { type Grounds, grant } from './grants/functions.ts';

/** It unwraps the key of a session, and keeps nothing; that it may is all it may. */
export function tenantAuthorizer(parent: Construct, grounds: Grounds): IAuthorizer {
  const scope = new Construct(parent, 'Authorizer');
  const logGroup = functionLogs(scope, grounds.settings);
  const { role, environment } = grant(scope, { needs: ['session.open'], logGroup, grounds });
  const handler = new NodejsFunction(scope, 'Function', {
    ...FUNCTION,
    description: 'Lodge: says whose a request is',
    entry: join(ROOT, 'lambdas', 'authorizer', 'handler.ts'),
    memorySize: 512,
    timeout: Duration.seconds(10),
    environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
    tracing: grounds.settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    role,
    logGroup,
  });
  acceptFunctionRules(scope, grounds.settings);
  // A session comes by cookie or by header: neither can be demanded, and it is asked of requests without one, too.
  return new RequestAuthorizer(scope, 'Tenant', { handler, identitySources: [], resultsCacheTtl: Duration.seconds(0) });
}

interface Named {
  readonly integration: { readonly requestParameters?: Record<string, string> };
  readonly method: Pick<MethodOptions, 'authorizer'>;
}

/** What a method adds so that its function is told a tenant: a user's, or nobody's on a route that opens no session. */
export function namingTenant({ audience }: Route, authorizer: IAuthorizer): Named {
  const header = (value: string) => ({ requestParameters: { 'integration.request.header.X-Amz-Tenant-Id': value } });
  if (audience === 'public') return { integration: header(`'${NOBODY}'`), method: {} };
  return { integration: header('context.authorizer.tenant'), method: { authorizer } };
}
