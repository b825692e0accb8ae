import { TenancyConfig } from 'aws-cdk-lib/aws-lambda';
import type { Settings } from './settings.ts';

/**
 * How a function that holds users' credentials is made: with `isolation: per-user` its execution environments serve one
 * user each. Lambda knows this of a function from its beginning only (Lambda API Reference, TenancyConfig), so that the id
 * of one construct is another than that of the other: a stack that changes its mind makes new functions and drops the old.
 */
export const tenancy = ({ isolation }: Settings) =>
  isolation === 'per-user'
    ? { id: 'PerUser', props: { tenancyConfig: TenancyConfig.PER_TENANT } }
    : { id: 'Function', props: {} };

/** How a function is made that holds none: the same for everybody. */
export const SHARED = { id: 'Function', props: {} };
