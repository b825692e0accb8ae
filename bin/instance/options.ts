import { parseArgs } from 'node:util';
import { ENV } from '#core/env.ts';
import { TABLE } from '#core/local/account/principals.ts';

const COMMANDS = ['show', 'grant', 'release'] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface Options {
  readonly command: CommandName;
  /** Whom a grant is for: a user's id, or their ARN. */
  readonly whom: string;
  readonly table: string;
  /** Left out: the region of the environment, or of the profile. */
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpoint?: string | undefined;
  /** Nobody is asked. */
  readonly yes: boolean;
}

/** What is said when a command is not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `Usage: npm run instance -- COMMAND [options]

  show                  whose the instance is, its settings, its administrators
  grant USER-ID | ARN   makes somebody who has signed in an administrator, and unblocks them
  release [--yes]       unbinds the instance: settings, rules and users are forgotten, the record of what was done stays

  --table NAME          the table: the stack's output TableName, or ${ENV.table}
  --region REGION       where it is; left out: the region of the environment or of the profile
  --profile NAME        the profile of the AWS configuration to use
  --endpoint URL        an endpoint that is not AWS's own, such as that of npm start`;

/** Throws UsageError. */
export function readOptions(argv: readonly string[], environment: NodeJS.ProcessEnv = process.env): Options {
  const { values, positionals } = parse(argv);
  const [name = '', whom = '', ...more] = positionals;
  const command = COMMANDS.find((known) => known === name);
  if (!command) throw new UsageError(name ? `There is no command ${name}.` : 'Say what to do.');
  if (command === 'grant' ? !whom || more.length > 0 : whom)
    throw new UsageError(command === 'grant' ? 'Say whom: one user’s id, or ARN.' : `${command} takes no name.`);
  const table = values.table ?? environment[ENV.table] ?? (values.endpoint ? TABLE : undefined);
  if (!table) throw new UsageError('Say which table: --table, with the output TableName of the stack.');
  const { region, profile, endpoint, yes } = values;
  return { command, whom, table, region, profile, endpoint, yes };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        table: { type: 'string' },
        region: { type: 'string' },
        profile: { type: 'string' },
        endpoint: { type: 'string' },
        yes: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
