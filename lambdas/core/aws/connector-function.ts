import { pipeline } from 'node:stream/promises';
import { answer } from '../connectors/answer.ts';
import { inProcess } from '../connectors/in-process.ts';
import { deadline } from '../deadline.ts';
import { READY_ENGINES } from '../engines/engines.ts';
import { once } from '../once.ts';
import { databaseAuthorities } from './authorities.ts';
import { powertoolsLog } from './log.ts';

/** The Lambda function of a connector: called by `InvokeWithResponseStream`, never over HTTP. */
export function connectorFunction() {
  const connector = inProcess({ engines: READY_ENGINES, authorities: once(() => databaseAuthorities(undefined)) });
  const log = powertoolsLog();
  return awslambda.streamifyResponse(async (event: unknown, stream, context) => {
    const { signal, clear } = deadline(context.getRemainingTimeInMillis());
    try {
      await pipeline(answer(event, { connector, log, signal, requestId: context.awsRequestId }), stream);
    } finally {
      clear();
    }
  });
}
