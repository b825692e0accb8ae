/** Inputs as callers send them. */
import type { RouteName } from '#contract/routes.ts';

const path = [{ kind: 'schema', name: 'public' }];
const known = { id: 'abcdefghijkl', revision: 1 };
const plan = {
  scriptId: 'abcdefghijkl',
  resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:none',
  roleArn: 'arn:aws:iam::111122223333:role/lodge-nightly',
};
const connection = { connection: 'token' };

/** A valid input of each route that takes one. */
export const INPUTS: Partial<Record<RouteName, object>> = {
  signIn: { accessKeyId: 'AKIATESTONLY00000001', secretAccessKey: 'secret-of-a-test' },
  claim: { name: 'Harbour', regions: ['eu-central-1'] },
  connect: { resourceId: 'arn', login: { method: 'iam', user: 'app' } },
  testConnection: { resourceId: 'arn', login: { method: 'iam', user: 'app' } },
  resources: {},
  changeSettings: { settings: { name: 'Harbour', regions: ['eu-central-1'] }, revision: 1 },
  changeAccess: { rules: [], narrowings: [], revision: 0 },
  users: {},
  changeUser: { id: 'aws:111122223333:AIDABOB', change: { kind: 'role', role: 'editor' } },
  audit: {},
  history: {},
  permissions: { region: 'eu-central-1' },
  plan: { ...connection, statement: 'select 1' },
  children: { ...connection, path },
  names: connection,
  describe: { ...connection, path },
  query: { ...connection, statement: 'select 1' },
  cancel: { ...connection, handle: 'h' },
  scripts: {},
  script: { id: 'abcdefghijkl' },
  scriptVersions: { id: 'abcdefghijkl' },
  saveScript: { known, script: { name: 'Late orders', engine: 'postgres', text: 'select 1' } },
  deleteScript: { id: 'abcdefghijkl' },
  automations: {},
  saveAutomation: { known, automation: { name: 'Nightly', plan: { ...plan, version: 1 } } },
  deleteAutomation: { id: 'abcdefghijkl' },
  checkAutomation: { resourceId: plan.resourceId, roleArn: plan.roleArn },
  scheduleTimes: { expression: 'cron(0 3 * * ? *)', timeZone: 'Europe/Berlin' },
  runAutomation: { id: 'abcdefghijkl' },
  runs: {},
  stopRun: { runId: 'r' },
  result: { runId: 'r' },
};

/** The path of a route, with the id of something in the place of what it names. */
export const pathOf = ({ path }: { readonly path: string }): string => path.replace(/\{\w+\}/g, 'abcdefghijkl');
