/** Searches the record of what was done. */
import { lambdaFunction } from '#core/aws/lambda-function.ts';
import { audit, emptyTrail } from './audit.ts';

export const handler = lambdaFunction(() => audit({ trail: emptyTrail }));
