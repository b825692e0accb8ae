import { SFNClient, type SFNServiceException, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { ENV, type Environment } from '../env.ts';
import type { Machine } from '../ports/automations.ts';
import { explainOwnError } from './aws-errors.ts';
import { ownConfig } from './clients.ts';

/** The state machine of the instance, used with the function's own permissions. */
export function stateMachine(environment: Environment): Machine {
  const client = new SFNClient(ownConfig());
  const stateMachineArn = environment[ENV.machine];
  // `…:stateMachine:NAME` has the executions `…:execution:NAME:…` (Step Functions, "ARN formats").
  const executions = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:`;
  return {
    async start({ id: automationId, name: title, notify, script }, startedBy, name) {
      const input = JSON.stringify({ automationId, name: title, notify, script, startedBy });
      try {
        const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
        return executionArn ?? executions + name;
      } catch (error) {
        if ((error as Partial<SFNServiceException>).name === 'ExecutionAlreadyExists') return executions + name;
        throw explainOwnError(error);
      }
    },

    async stop(executionArn) {
      // A run in somebody else's machine is stopped by itself; the machine is not ours to stop.
      if (!executionArn.startsWith(executions)) return;
      const cause = 'Somebody has stopped the run in Lodge.';
      await client.send(new StopExecutionCommand({ executionArn, error: 'Lodge.Cancelled', cause })).catch((error) => {
        if ((error as Partial<SFNServiceException>).name !== 'ExecutionDoesNotExist') throw explainOwnError(error);
      });
    },
  };
}
