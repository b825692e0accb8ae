import { AppError } from '#contract/errors.ts';
import { ENV, type Environment } from '#core/env.ts';
import type { Handlers } from '#core/http/handler.ts';

const unknown = async (): Promise<never> => {
  throw new AppError('AUTOMATION_NOT_FOUND');
};

/** Automations and their runs. */
export const automations = (environment: Environment): Handlers<'automations'> => ({
  automations: async () => ({
    automations: [],
    ground: {
      mayAutomate: false,
      roles: [],
      runnerRoleArn: environment[ENV.runnerRole],
      externalId: environment[ENV.externalId],
      notifies: environment[ENV.notifies],
      bucket: environment[ENV.resultsBucket],
    },
  }),
  saveAutomation: unknown,
  deleteAutomation: unknown,
  checkAutomation: async () => ({ steps: [] }),
  scheduleTimes: async () => ({ times: [] }),
  runAutomation: unknown,
  runs: async () => ({ runs: [] }),
  stopRun: async () => {
    throw new AppError('RUN_NOT_FOUND');
  },
  result: async () => {
    throw new AppError('RUN_NOT_FOUND');
  },
});
