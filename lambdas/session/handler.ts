import { basePorts } from '#core/aws/base-ports.ts';
import { readEnvironment } from '#core/env.ts';
import { lambda } from '#core/http/lambda.ts';
import { serve } from '#core/http/serve.ts';
import { guard } from '#core/session/guard.ts';
import { signOut } from './sign-out.ts';
import { whoAmI } from './who-am-i.ts';

const ports = basePorts(readEnvironment());
export const handler = lambda(serve({ whoAmI: whoAmI(ports), signOut: signOut() }, guard(ports), ports));
