/** The engines whose code is here, by the name that `ENGINES` of the contract gives them. */
import type { EngineName } from '#contract/engines.ts';
import type { Engine } from './engine.ts';
import { postgres } from './postgres/postgres.ts';

export const READY_ENGINES: Partial<Record<EngineName, Engine>> = { postgres };
