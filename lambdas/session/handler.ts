/** Says who is signed in, and signs out. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { signOut } from './sign-out.ts';
import { whoAmI } from './who-am-i.ts';

export const handler = lambdaFunction(() => ({ whoAmI: whoAmI(), signOut: signOut() }));
