import type { Started } from '#core/ports/automations.ts';

/** What the machine is told of an automation, and no more. */
export const startedOf = ({ id, name, notify }: Started): Started => ({ id, name, notify });
