/** How a function is packed: one file with all that it uses, the AWS SDK included, so that what was tested is what runs. */
import { join } from 'node:path';
import { type BundlingOptions, LogLevel, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/** The measurements are in docs/decisions/0003-one-file-a-function.md. */
export const BUNDLING: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  minify: true,
  sourceMap: true,
  // A stack trace needs names and lines; the sources stand in the repository.
  sourcesContent: false,
  bundleAwsSDK: true,
  logLevel: LogLevel.WARNING,
  mainFields: ['module', 'main'],
  esbuildArgs: {
    '--alias:@aws-sdk/credential-provider-node': './lambdas/core/aws/lambda-credentials.ts',
    // mongodb asks for it at every login by an AWS identity, and takes nothing from it where it is handed a provider.
    '--alias:@aws-sdk/credential-providers': './lambdas/core/aws/no-provider-chain.ts',
    // tedious asks for half a megabyte that logs in at Azure, which RDS does not know; nothing is ever taken from it.
    '--alias:@azure/identity': '@azure/core-auth',
  },
  commandHooks: {
    beforeInstall: () => [],
    beforeBundling: () => [],
    afterBundling: (_input, output) => [
      `"${process.execPath}" "${join(import.meta.dirname, 'own-lines.ts')}" "${join(output, 'index.mjs.map')}"`,
    ],
  },
  // pg is CommonJS, and asks for Node's own modules by require().
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
};
