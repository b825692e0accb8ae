import { nextTimes } from '#core/automation/schedule-times.ts';
import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';

/** As many as let somebody see that a schedule means what they mean. */
const SHOWN = 5;

export const scheduleTimes =
  ({ clock }: Pick<AutomationPorts, 'clock'>): Handler<'scheduleTimes'> =>
  async ({ body }) => ({ times: nextTimes(body, SHOWN, clock()).map((time) => time.toISOString()) });
