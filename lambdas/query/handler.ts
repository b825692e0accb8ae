/** Runs scripts and streams their results. */
import { basePorts } from '#core/aws/base-ports.ts';
import { inProcess } from '#core/databases/in-process.ts';
import { readEnvironment } from '#core/env.ts';
import { lambda } from '#core/http/lambda.ts';
import { serve } from '#core/http/serve.ts';
import { guard } from '#core/session/guard.ts';
import { query } from './query.ts';

const environment = readEnvironment();
const ports = basePorts(environment);

export const handler = lambda(serve(query({ databases: inProcess(environment) }), guard(ports), ports));
