import { basePorts } from '#core/aws/base-ports.ts';
import { awsIdentity } from '#core/aws/identity.ts';
import { readEnvironment } from '#core/env.ts';
import { lambda } from '#core/http/lambda.ts';
import { serve } from '#core/http/serve.ts';
import { guard } from '#core/session/guard.ts';
import { signIn } from './sign-in.ts';

const environment = readEnvironment();
const ports = { ...basePorts(environment), identity: awsIdentity };
export const handler = lambda(serve({ signIn: signIn(ports, environment) }, guard(ports), ports));
