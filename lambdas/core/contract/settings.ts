/** What an administrator decides about the instance: at the claim, and on the settings page later. */
import * as z from 'zod';
import { Region } from './resources.ts';
import { ROW_LIMIT } from './results.ts';

/** The longest that a statement may run, in seconds: what API Gateway's 15 minutes leave. */
export const LONGEST_SECONDS = 840;

/** What one statement, and one user, may take. Everybody is held to it, administrators too; they may change it. */
export const Limits = z.object({
  /** Reading of each result stops here. */
  rows: z.number().int().min(1).max(ROW_LIMIT).default(1_000_000),
  /** The database stops a statement after so many seconds. */
  seconds: z.number().int().min(1).max(LONGEST_SECONDS).default(LONGEST_SECONDS),
  /** How many scripts one user may have running at once, over all windows. */
  statements: z.number().int().min(1).max(100).default(10),
  /** The most items of a DynamoDB table that a reader, or an unattended run, may scan in one statement. */
  scanItems: z.number().int().min(0).max(1_000_000_000_000).default(1_000_000),
  /** The same in megabytes. */
  scanMegabytes: z.number().int().min(0).max(1_000_000_000).default(1_000),
});
export type Limits = z.infer<typeof Limits>;

/** How the record of what was done is kept. */
export const AuditSettings = z.object({
  /** After so many days a record is deleted. */
  days: z.number().int().min(1).max(3_650).default(365),
  /** True: strings and numbers in a statement are replaced before it is recorded. */
  redactLiterals: z.boolean().default(false),
});
export type AuditSettings = z.infer<typeof AuditSettings>;

/** Who may automate, and what automations may use. */
export const AutomationSettings = z.object({
  /** Who may make and change automations; administrators always. */
  automators: z.enum(['administrator', 'editor']).default('administrator'),
  /** Patterns of the ARNs of roles that runs may take on: `*` stands for any characters, `?` for one. None: nothing runs. */
  roles: z.array(z.string().trim().min(1, 'is empty').max(300)).max(50).default([]),
});
export type AutomationSettings = z.infer<typeof AutomationSettings>;

/** The body of the claim, and of a change of the settings. */
export const InstanceSettings = z.object({
  name: z.string().trim().min(1, 'is empty').max(60),
  /** Where discovery looks. */
  regions: z.array(Region).min(1, 'names no region').max(40),
  /** How long a session lasts, from its sign-in. Those that are open keep their end. */
  sessionMinutes: z.number().int().min(15).max(720).default(60),
  /** What a user may do who signs in for the first time, and whom no rule names. */
  defaultRole: z.enum(['editor', 'reader']).default('reader'),
  limits: Limits.prefault({}),
  audit: AuditSettings.prefault({}),
  automation: AutomationSettings.prefault({}),
});
export type InstanceSettings = z.infer<typeof InstanceSettings>;

/** A network as it was deployed: shown, not changed, for cdk.json says it. */
export const DeployedNetwork = z.object({
  name: z.string(),
  vpcId: z.string(),
  subnetIds: z.array(z.string()),
  regions: z.array(z.string()).optional(),
});
export type DeployedNetwork = z.infer<typeof DeployedNetwork>;

/** What the settings page shows. */
export const SettingsView = z.object({
  settings: InstanceSettings,
  /** Sent back with a change: one that was made on older settings is refused. */
  revision: z.number().int(),
  accountId: z.string(),
  partition: z.string(),
  claimedAt: z.iso.datetime(),
  /** Absent: every database is reached from the functions themselves. */
  networks: z.array(DeployedNetwork).optional(),
});
export type SettingsView = z.infer<typeof SettingsView>;
