/** What CloudFront and the functions both know, and nobody else: which requests came through the site. */
import { Aws, Fn } from 'aws-cdk-lib';

/**
 * The part of the stack's id that CloudFormation makes up: `arn:…:stack/NAME/UUID`. It stands in no answer and no page; who
 * may describe the stack may read it. It opens nothing: whoever knows it can write the address that their attempts are
 * counted by, and no more.
 */
export const siteProof = (): string => Fn.select(2, Fn.split('/', Aws.STACK_ID));
