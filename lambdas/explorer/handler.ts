/** Finds the account's databases with the user's own keys. */
import { basePorts } from '#core/aws/base-ports.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import { readEnvironment } from '#core/env.ts';
import { lambda } from '#core/http/lambda.ts';
import { serve } from '#core/http/serve.ts';
import { guard } from '#core/session/guard.ts';
import { listResources } from './list-resources.ts';

const ports = basePorts(readEnvironment());

export const handler = lambda(serve({ resources: listResources({ ...ports, discovery }) }, guard(ports), ports));
