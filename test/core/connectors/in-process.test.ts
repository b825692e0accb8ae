import { inProcess } from '#core/connectors/in-process.ts';
import { READY_ENGINES } from '#core/engines/engines.ts';
import { connectorConformance } from './conformance.ts';

connectorConformance('the engines in this process', async () => ({
  connector: inProcess({ engines: READY_ENGINES, authorities: () => 'none: each operation brings its own' }),
  async [Symbol.asyncDispose]() {},
}));
