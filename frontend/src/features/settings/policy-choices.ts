/** What was chosen for the policy of users, kept as long as the window: other pages and loading anew lose nothing. */
import * as z from 'zod';
import { Service } from '#contract/resources.ts';
import { EVERYTHING } from '#contract/user-policy.ts';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const Choices = z.object({
  services: z.array(Service),
  readOnly: z.boolean(),
  secrets: z.boolean(),
  results: z.boolean(),
  identity: z.boolean(),
  databaseUser: z.string(),
  /** Not in the regions of the instance alone. */
  everywhere: z.boolean(),
  /** Of other accounts; empty: none. */
  role: z.string(),
});
export type Choices = z.output<typeof Choices>;

const PROPOSED: Choices = { ...EVERYTHING, services: [...EVERYTHING.services], everywhere: false, role: '' };

const nameOf = (userId: string): string => `lodge-policy-${userId}`;

/** As they were left; everything where there is nothing, or what an older page has kept. */
export function readChoices(passing: Kept, userId: string): Choices {
  try {
    return Choices.parse(JSON.parse(passing.getItem(nameOf(userId)) ?? ''));
  } catch {
    return PROPOSED;
  }
}

export const keepChoices = (passing: Kept, userId: string, choices: Choices): void =>
  passing.setItem(nameOf(userId), JSON.stringify(choices));
