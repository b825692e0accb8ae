/** What a user may do here. Ordered: a role may do all that the roles after it may. */
import * as z from 'zod';

export const ROLES = {
  administrator: { rank: 3, title: 'Administrator', may: 'Everything, and govern users and settings' },
  editor: { rank: 2, title: 'Editor', may: 'Read and change data' },
  reader: { rank: 1, title: 'Reader', may: 'Read only, enforced by the database' },
} as const;

export const Role = z.enum(['administrator', 'editor', 'reader']);
export type Role = z.infer<typeof Role>;

/** Who may call a route: anybody, a session of an instance not claimed yet, any signed-in user, or a role and above. */
export type Audience = 'public' | 'claimant' | 'user' | Role;

/** True when a user of `role` may do what `needed` may. */
export const allows = (role: Role, needed: Role): boolean => ROLES[role].rank >= ROLES[needed].rank;
