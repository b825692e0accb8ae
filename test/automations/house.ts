/** The function `automations` over ports in memory that keep what they are asked. */
import { AutomationDraft, type Run } from '#contract/automations.ts';
import type { Role } from '#contract/roles.ts';
import { type Script, ScriptDraft } from '#contract/scripts.ts';
import { AutomationSettings } from '#contract/settings.ts';
import { serve } from '#core/http/serve.ts';
import { automations } from '../../lambdas/automations/automations.ts';
import { type Asked, automated } from '../support/automated.ts';
import { memoryAutomations } from '../support/memory-automations.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance, memoryAudit, memoryStore, recordingLog, stoppedClock } from '../support/ports.ts';
import { jsonOf, request } from '../support/requests.ts';

const other = { id: 'aws:111122223333:AIDAEVE', name: 'eve' };
export const ROLE_ARN = 'arn:aws:iam::111122223333:role/lodge-nightly';
export const RESOURCE_ID = 'arn:aws:rds:eu-central-1:111122223333:db:shop';
export const draft = ({
  plan,
  ...changes
}: {
  plan?: object;
  name?: string;
  paused?: boolean;
  schedule?: object | undefined;
} = {}) =>
  AutomationDraft.parse({
    name: 'Nightly',
    schedule: { expression: 'cron(0 3 * * ? *)', timeZone: 'UTC' },
    ...changes,
    plan: {
      scriptId: 'sharedscript',
      version: 2,
      parameters: { since: '2026-11-24' },
      resourceId: RESOURCE_ID,
      roleArn: ROLE_ARN,
      ...plan,
    },
  });

const script = (id: string, changes: Partial<Script> = {}): Script => ({
  ...ScriptDraft.parse({
    name: 'Late orders',
    engine: 'postgres',
    text: 'select * from orders where due < :since',
    parameters: [{ name: 'since', type: 'date' }],
    shared: true,
  }),
  id,
  version: 3,
  owner: other,
  createdAt: claimedInstance.claimedAt,
  changed: { at: claimedInstance.claimedAt, by: other },
  revision: 3,
  ...changes,
});

export const run = (id: string, changes: Partial<Run> = {}): Run => ({
  id,
  script: { id: 'sharedscript', name: 'Late orders', version: 2 },
  resourceId: RESOURCE_ID,
  roleArn: ROLE_ARN,
  format: 'csv',
  readOnly: true,
  startedAt: '2026-11-23T03:00:00.000Z',
  state: 'running',
  attempt: 1,
  rows: 0,
  bytes: 0,
  ...changes,
});

interface Furnishing {
  readonly role?: Role;
  readonly settings?: Partial<AutomationSettings>;
  readonly runs?: readonly Run[];
  readonly audits?: boolean;
}

export function house({ role = 'administrator', settings = {}, runs: known = [], audits = true }: Furnishing = {}) {
  const { clock, pass } = stoppedClock();
  const asked: Asked = [];
  const scripts = [
    script('sharedscript'),
    script('privatescript', { shared: false }),
    script('ownprivatescript', { shared: false, owner: sessionOf('editor').user }),
  ];
  const kept = memoryAutomations(clock);
  const { broken, ...ports } = automated(clock, asked);
  const automation = AutomationSettings.parse({ roles: ['arn:aws:iam::*:role/lodge-*'], ...settings });
  const { audit, entries } = memoryAudit({ failing: !audits });
  const session = sessionOf(role);
  const app = serve(
    automations({
      ...ports,
      store: memoryStore({ instance: { ...claimedInstance, automation } }).store,
      automations: kept,
      scripts: { read: async (id, version = 1) => scripts.find((each) => each.id === id && version <= each.version) },
      runs: {
        list: async ({ automationId, limit }) => ({
          runs: known.filter((each) => each.automationId === automationId).slice(0, limit),
        }),
        read: async ({ id, automationId }) =>
          known.find((each) => each.id === id && each.automationId === automationId),
        async stop({ id }) {
          asked.push(['runs.stop', id]);
          return true;
        },
      },
      audit,
      clock,
    }),
    { open: async () => session, role: async () => role },
    recordingLog(),
  );
  const send = async (path: string, json: object = {}) => {
    const answer = await app(request(path ? 'POST' : 'PUT', `/api/automations${path}`, { json }));
    return { status: answer.status, json: answer.status === 204 ? undefined : await jsonOf(answer) };
  };
  const read = async (id: string) => {
    const answer = await app(request('GET', `/api/automations/${id}`));
    return { status: answer.status, json: await jsonOf(answer) };
  };
  const save = (made: AutomationDraft, more: object = {}) => send('', { automation: made, ...more });
  return { app, kept, asked, entries, broken, pass, send, read, save };
}
