/** The machines of the local account: those of the stack, as its interpreter takes them. */
import { mapMachineJsonPath } from '../../automation/map-machine-json-path.ts';
import { runMachineJsonPath } from '../../automation/run-machine-json-path.ts';
import type { Places } from '../../automation/states-language.ts';
import {
  ACCOUNT_ID,
  HOME_REGION,
  MACHINE_ARN,
  MANY_MACHINE_ARN,
  RESULTS_BUCKET,
  RUNNER,
} from '../account/principals.ts';

const places: Places = {
  partition: 'aws',
  runner: `arn:aws:lambda:${HOME_REGION}:${ACCOUNT_ID}:function:${RUNNER}`,
  // Whoever is told, is told on the terminal.
  topic: `arn:aws:sns:${HOME_REGION}:${ACCOUNT_ID}:lodge-notices`,
  bucket: RESULTS_BUCKET,
};

/** By their ARNs. */
export const MACHINES = {
  [MACHINE_ARN]: runMachineJsonPath(places),
  [MANY_MACHINE_ARN]: mapMachineJsonPath(places),
};
