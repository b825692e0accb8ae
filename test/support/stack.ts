/** The stack, synthesised into a folder of its own with the flags of cdk.json; for the template tests and the bench. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { FunctionName } from '#contract/route.ts';
import { LodgeStack } from '../../lib/lodge-stack.ts';
import { readSettings } from '../../lib/settings.ts';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of no fixed shape.
  readonly Properties: any;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly Metadata?: Record<string, unknown>;
}

export interface Synthesised {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  /** The folder that is zipped and sent to Lambda, for a function of the contract or the first that is meant. */
  folderOf(wanted: FunctionName | ((made: Resource) => boolean)): string;
  remove(): void;
}

interface Wanted {
  readonly settings?: object;
  /** True: packs the functions with esbuild, as a deployment does. */
  readonly bundle?: boolean;
  /** True: the rules of cdk-nag and CloudFormation are checked, as bin/app.ts does; it takes most of the time. */
  readonly check?: boolean;
  /** Adds to the stack what a test wants to see refused. */
  readonly add?: (stack: LodgeStack) => void;
}

/** Synthesises once. Throws where the rules are checked and one is broken. */
export function synthesise(wanted: Wanted = {}): Synthesised {
  const root = mkdtempSync(join(tmpdir(), 'lodge-stack-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  try {
    return { ...synthesiseIn(root, wanted), remove };
  } catch (refused) {
    remove();
    throw refused;
  }
}

function synthesiseIn(root: string, { settings = {}, bundle = false, check = false, add }: Wanted) {
  const app = new App({
    outdir: join(root, 'out'),
    context: {
      ...contextOfCdkJson(),
      lodge: settings,
      // The CDK CLI adds it: without it a template does not say which folder is a function's code.
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:bundling-stacks': bundle ? ['**'] : [],
      ...(check ? {} : { '@aws-cdk/core:validateAgainstDefaultRules': false }),
    },
  });
  const stack = new LodgeStack(app, {
    settings: readSettings(app.node.tryGetContext('lodge')),
    pages: fakePages(root),
  });
  add?.(stack);
  if (check) Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const assembly = app.synth();
  const { Resources: resources, Outputs: outputs } = assembly.getStackArtifact(stack.artifactId).template;
  return {
    resources,
    outputs,
    folderOf: (wanted: FunctionName | ((made: Resource) => boolean)) => {
      const made =
        typeof wanted === 'string'
          ? functionResource(resources, wanted)
          : Object.values<Resource>(resources).find((each) => each.Type === 'AWS::Lambda::Function' && wanted(each));
      if (!made) throw new Error('The template has no such function.');
      return join(assembly.directory, assetPath(made));
    },
  };
}

/** The Lambda function of one of the contract's functions. */
export function functionResource(resources: Synthesised['resources'], name: FunctionName): Resource {
  const found = Object.values(resources).find(
    ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.Description === `Lodge: ${name}`,
  );
  if (!found) throw new Error(`The template has no function "${name}".`);
  return found;
}

const assetPath = ({ Metadata }: Resource): string => String(Metadata?.['aws:asset:path']);

function fakePages(root: string): string {
  const pages = join(root, 'pages');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Lodge</title>');
  writeFileSync(join(pages, 'assets', 'main-0a1b2c3d.js'), 'export {};');
  return pages;
}

const contextOfCdkJson = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'cdk.json'), 'utf8')).context;
