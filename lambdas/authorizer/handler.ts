/** Says whose a request is, so that API Gateway can name its tenant. Deployed where `isolation` is `per-user`. */
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { dataKeysOf } from '#core/aws/data-keys-of.ts';
import { readEnvironment } from '#core/env.ts';
import { readHeaders } from '#core/http/event-headers.ts';
import { nameTenant } from './name-tenant.ts';

/** Without a memory: it serves everybody, and keeps nobody's key. */
const tenantNamed = nameTenant({ dataKeys: dataKeysOf(readEnvironment()), clock: () => new Date() });

export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const tenant = await tenantNamed(readHeaders(event));
  const statement = { Action: 'execute-api:Invoke', Effect: 'Allow' as const, Resource: event.methodArn };
  return {
    principalId: tenant,
    policyDocument: { Version: '2012-10-17', Statement: [statement] },
    context: { tenant },
  };
}
