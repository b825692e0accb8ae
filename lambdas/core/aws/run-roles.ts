/** The role of a run, taken on with the function's own: the one thing that decides what a run may reach. */
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { AppError } from '#contract/errors.ts';
import { trustPolicy } from '#contract/trust-policy.ts';
import { ENV, type Environment } from '../env.ts';
import type { RunRoles } from '../ports/runs.ts';
import { explainAwsError } from './aws-errors.ts';
import { ownConfig } from './clients.ts';
import { roleKeysOf, sessionName } from './roles.ts';

/**
 * In seconds. STS gives no less than the one; a role that takes on another gets no more than the other (STS API reference,
 * AssumeRole: "role chaining").
 */
const LIFE = { least: 900, most: 3_600 } as const;

export const runRoles = (environment: Environment): RunRoles => ({
  async take(roleArn, { session, seconds, signal }) {
    const externalId = environment[ENV.externalId];
    const input = {
      RoleArn: roleArn,
      RoleSessionName: sessionName(session),
      DurationSeconds: Math.min(LIFE.most, Math.max(LIFE.least, Math.ceil(seconds))),
      ...(externalId && { ExternalId: externalId }),
    };
    const client = new STSClient(ownConfig());
    const answer = await client.send(new AssumeRoleCommand(input), { abortSignal: signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw explained(error, roleArn, environment);
    });
    return roleKeysOf(answer);
  },
});

/** To AWS, a role that is not there, one that trusts somebody else and a wrong external id are all the same. */
function explained(error: unknown, roleArn: string, environment: Environment): AppError {
  const known = explainAwsError(error, { action: 'sts:AssumeRole', resource: roleArn });
  if (known.code !== 'AWS_DENIED') return known;
  return new AppError('ROLE_NOT_ASSUMABLE', {
    message: `AWS does not let Lodge take on the role ${roleArn.split('/').at(-1)}.`,
    details: {
      action: 'sts:AssumeRole',
      resource: roleArn,
      hint:
        'The role must be there, trust the role of Lodge, and demand the external id of this instance. Its trust policy: ' +
        trustPolicy(environment[ENV.runnerRole], environment[ENV.externalId]),
    },
    cause: error,
  });
}
