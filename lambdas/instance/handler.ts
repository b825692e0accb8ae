import { basePorts } from '#core/aws/base-ports.ts';
import { readEnvironment } from '#core/env.ts';
import { lambda } from '#core/http/lambda.ts';
import { serve } from '#core/http/serve.ts';
import { guard } from '#core/session/guard.ts';
import { claimInstance } from './claim-instance.ts';
import { readInstance } from './read-instance.ts';

const ports = basePorts(readEnvironment());
const handlers = { instance: readInstance(ports), claim: claimInstance(ports) };
export const handler = lambda(serve(handlers, guard(ports), ports));
