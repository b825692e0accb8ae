/** Who gets which role at the first sign-in, and which resources a role sees less of. */
import * as z from 'zod';
import { Region, Service } from './resources.ts';
import { Role } from './roles.ts';

/** `*` stands for any characters, `?` for one, as in IAM's StringLike; capitals count. */
const Pattern = z.string().trim().min(1, 'is empty').max(300);

/** What a rule looks at. IAM keeps paths and tags: they are read with the user's own keys, where these may. */
export const RuleCondition = z.discriminatedUnion('kind', [
  /** The name of the role whose session it is; of an Identity Center role its permission set's name will do. */
  z.object({ kind: z.literal('role'), pattern: Pattern }),
  /** The path of the user or role, with its slashes: `/data/`. */
  z.object({ kind: z.literal('path'), pattern: Pattern }),
  /** A tag of the user or role. */
  z.object({ kind: z.literal('tag'), key: z.string().trim().min(1, 'is empty').max(128), pattern: Pattern }),
]);
export type RuleCondition = z.infer<typeof RuleCondition>;

/** Gives a role to whoever signs in for the first time. The first rule that matches decides. */
export const Rule = z.object({ when: RuleCondition, role: Role });
export type Rule = z.infer<typeof Rule>;

/** Which resources: all of what is given must fit, and something must be given. */
export const ResourceMatch = z
  .object({
    service: Service.optional(),
    region: Region.optional(),
    /** A pattern of the ARN. */
    arn: Pattern.optional(),
    tag: z.object({ key: z.string().trim().min(1, 'is empty').max(128), pattern: Pattern }).optional(),
  })
  .refine((match) => Object.values(match).some((part) => part !== undefined), 'names nothing');
export type ResourceMatch = z.infer<typeof ResourceMatch>;

/** What a narrowing does to a resource. Of several that fit, `hidden` wins. */
export const NARROWINGS = {
  hidden: { title: 'Hidden', does: 'Not listed, and cannot be connected to' },
  'read-only': { title: 'Read only', does: 'Connections only read, enforced by the database' },
} as const;

/** A role is narrowed on some resources. */
export const Narrowing = z.object({
  role: Role,
  where: ResourceMatch,
  effect: z.enum(['hidden', 'read-only']),
});
export type Narrowing = z.infer<typeof Narrowing>;

/** All rules and narrowings: few enough to be read with every request. */
export const Access = z.object({
  rules: z.array(Rule).max(100),
  narrowings: z.array(Narrowing).max(100),
});
export type Access = z.infer<typeof Access>;

export const AccessView = Access.extend({
  /** Sent back with a change: one that was made on an older state is refused. */
  revision: z.number().int(),
});
export type AccessView = z.infer<typeof AccessView>;
