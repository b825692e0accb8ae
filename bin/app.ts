/** The CDK app: the settings of cdk.json, one stack, and the rules that every synth is held to. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { LodgeStack } from '../lib/lodge-stack.ts';
import { readSettings } from '../lib/settings.ts';

const pages = join(import.meta.dirname, '..', 'dist', 'frontend');

try {
  if (!existsSync(join(pages, 'index.html')))
    throw new Error('The pages are not built yet: run "npm run build" first.');
  const app = new App();
  new LodgeStack(app, { settings: readSettings(app.node.tryGetContext('lodge')), pages });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
