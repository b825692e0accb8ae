/** The one function that seals sessions; it cannot open them. */
import { awsIdentity } from '#core/aws/identity.ts';
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { signIn } from './sign-in.ts';

export const handler = lambdaFunction((ports, environment) => ({
  signIn: signIn({ ...ports, identity: awsIdentity }, environment),
}));
