import { ENV, type Environment, readEnvironment } from '../env.ts';
import type { Handlers } from '../http/handler.ts';
import { lambda } from '../http/lambda.ts';
import { serve } from '../http/serve.ts';
import { guard } from '../session/guard.ts';
import { type BasePorts, basePorts } from './base-ports.ts';
import { knowTenant } from './own-tenant.ts';

/**
 * A Lambda function from its handlers: the environment is read and the ports are built once, when the function starts.
 * Throws where the environment is not valid, for a function must not start so.
 */
export function lambdaFunction(handlers: (ports: BasePorts, environment: Environment) => Partial<Handlers>) {
  const environment = readEnvironment();
  const ports = basePorts(environment);
  const served = serve(handlers(ports, environment), guard(ports), ports);
  return lambda((request) => {
    knowTenant(request.tenant);
    return served(request);
  }, environment[ENV.siteProof]);
}
