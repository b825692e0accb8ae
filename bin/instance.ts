/**
 * `npm run instance -- show|grant|release`: a way back in, for whoever holds the account's AWS permissions on the table.
 * `--table` and `--region` say which, `--profile` as whom, `--endpoint` where it is not AWS's own.
 */
import { runInstance } from './instance/run.ts';
import { terminal } from './instance/terminal.ts';

process.exitCode = await runInstance(process.argv.slice(2), terminal());
