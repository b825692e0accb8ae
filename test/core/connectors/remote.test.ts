import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { callConnector } from '#core/aws/call-connector.ts';
import { remote } from '#core/connectors/remote.ts';
import { CONNECTOR } from '#core/local/account/principals.ts';
import { lambda } from '#core/local/aws/lambda.ts';
import { startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import { localConnector } from '#core/local/connector/local-connector.ts';
import { registry } from '../local/aws/sdk.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { connectorConformance } from './conformance.ts';

connectorConformance('a connector behind Lambda', async () => {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await temporaryFolder());
  const process = starting.use(localConnector({ log: join(folder.path, 'connector.log') }));
  const services = [lambda({ streaming: { [CONNECTOR]: process.call }, whole: {} })];
  const { url: endpoint } = starting.use(await startAwsEndpoint({ registry, services }));
  const credentials = registry.longTerm('service');
  const client = new LambdaClient({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
  const started = starting.move();
  return {
    connector: remote({ network: 'private', call: callConnector('private', CONNECTOR, client) }),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
});
