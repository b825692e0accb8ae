/** Tries logins and seals them. */
import { basePorts } from '#core/aws/base-ports.ts';
import { discovery } from '#core/aws/discovery/discovery.ts';
import { inProcess } from '#core/databases/in-process.ts';
import { readEnvironment } from '#core/env.ts';
import { lambda } from '#core/http/lambda.ts';
import { serve } from '#core/http/serve.ts';
import { guard } from '#core/session/guard.ts';
import { connect } from './connect.ts';

const environment = readEnvironment();
const ports = basePorts(environment);

export const handler = lambda(
  serve({ connect: connect({ discovery, databases: inProcess(environment) }) }, guard(ports), ports),
);
