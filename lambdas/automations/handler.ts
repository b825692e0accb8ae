/** Keeps automations, starts and stops their runs, and shows what came of them. */
import { automationPorts } from '#core/aws/automation-ports.ts';
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { automations } from './automations.ts';

export const handler = lambdaFunction((ports, environment) =>
  automations({ ...ports, ...automationPorts(environment, ports.clock) }),
);
