import { explainFailure } from './failures.ts';
import { grant } from './grant.ts';
import { type Ground, groundOf } from './ground.ts';
import { type CommandName, type Options, readOptions, USAGE, UsageError } from './options.ts';
import { release } from './release.ts';
import { show } from './show.ts';
import type { Terminal } from './terminal.ts';

type Command = (ground: Ground, terminal: Terminal) => Promise<void>;

const COMMANDS: Readonly<Record<CommandName, Command>> = { show, grant, release };

/** Runs one command. Gives the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function runInstance(argv: readonly string[], terminal: Terminal): Promise<number> {
  let options: Options;
  try {
    options = readOptions(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.complain(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  try {
    using ground = await groundOf(options);
    await COMMANDS[options.command](ground, terminal);
    return 0;
  } catch (error) {
    terminal.complain(explainFailure(error, options));
    return 1;
  }
}
