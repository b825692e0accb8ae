import { ENV, type Environment } from '../env.ts';
import type { Network } from './network.ts';

/** Where the functions stand, and which networks they can enter. */
export interface Networks {
  readonly region: string;
  readonly list: readonly Network[];
}

/**
 * Undefined where the environment says nothing of networks: this process stands on somebody's own machine, which reaches
 * what its owner reaches. In AWS the stack always says which there are, and be it none.
 */
export function networksOf(environment: Environment): Networks | undefined {
  const list = environment[ENV.networks];
  return list && { region: environment.AWS_REGION, list };
}
