import { Aws, Fn } from 'aws-cdk-lib';

/** `arn:…:stack/NAME/UUID`: the first part of the UUID alone, for all of it together is what `siteProof` keeps. */
const ofStack = (): string => Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));

/**
 * What roles of automations demand of whoever takes them on, so that another instance of the account cannot be asked to
 * use them (IAM User Guide, "The confused deputy problem"). It is no secret, and stays as long as the stack does.
 */
export const externalId = (): string => Fn.join('-', ['lodge', ofStack()]);
