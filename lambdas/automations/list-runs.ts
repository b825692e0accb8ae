import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';

/** The history of runs: what came of them, and never what they read. */
export const listRuns =
  ({ runs }: Pick<AutomationPorts, 'runs'>): Handler<'runs'> =>
  async ({ body }) =>
    runs.list(body);
