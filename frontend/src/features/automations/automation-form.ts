/** An automation as a form: flat, with numbers as they are typed; and the draft that becomes of it. */
import { AutomationDraft } from '#contract/automations.ts';
import { LOGIN_METHODS, type LoginMethod } from '#contract/engines.ts';
import type { Parameter } from '#contract/parameters.ts';
import type { Script } from '#contract/scripts.ts';
import { ApiError } from '../../api.ts';
import { groupDigits, readNumber } from '../../components/numbers.ts';
import { firstTyped, problemsOf, type Typed, valuesOf } from '../scripts/values-form.ts';

export interface AutomationForm {
  readonly name: string;
  /** Empty: none is chosen yet. */
  readonly scriptId: string;
  readonly version: number;
  readonly values: Typed;
  readonly resourceId: string;
  readonly database: string;
  readonly endpoint: string;
  /** Empty: the safest that the resource offers. */
  readonly method: Exclude<LoginMethod, 'password'> | '';
  readonly user: string;
  readonly secretArn: string;
  readonly roleArn: string;
  readonly readOnly: boolean;
  readonly scheduled: boolean;
  readonly expression: string;
  readonly timeZone: string;
  readonly format: AutomationDraft['plan']['output']['format'];
  readonly prefix: string;
  readonly rows: string;
  readonly seconds: string;
  readonly notify: AutomationDraft['notify'];
  readonly paused: boolean;
}
export type AutomationField = keyof AutomationForm;
/** By field; those of a parameter by `values.NAME`. */
export type Problems = Readonly<Record<string, string>>;

export const TITLES: Readonly<Record<AutomationField, string>> = {
  name: 'Name',
  scriptId: 'Script',
  version: 'Version of the script',
  values: 'Parameters',
  resourceId: 'Resource',
  database: 'Database',
  endpoint: 'Endpoint',
  method: 'Login',
  user: 'Database user',
  secretArn: 'Secret',
  roleArn: 'Role',
  readOnly: 'Only reads',
  scheduled: 'Runs on a schedule',
  expression: 'Schedule',
  timeZone: 'Time zone',
  format: 'Format',
  prefix: 'Folder',
  rows: 'Rows at most',
  seconds: 'Seconds at most',
  notify: 'Who is told',
  paused: 'Paused',
};

export const emptyForm = (timeZone: string): AutomationForm => ({
  name: '',
  scriptId: '',
  version: 1,
  values: {},
  resourceId: '',
  database: '',
  endpoint: '',
  method: '',
  user: '',
  secretArn: '',
  roleArn: '',
  readOnly: true,
  scheduled: false,
  expression: 'cron(0 3 * * ? *)',
  timeZone,
  format: 'csv',
  prefix: '',
  rows: '',
  seconds: '',
  notify: 'failures',
  paused: false,
});

/** What choosing a script brings along; what was typed already stays. */
export const fromScript = (
  { id, name, version, parameters, resource, database }: Script,
  now: Pick<AutomationForm, 'name' | 'resourceId' | 'database' | 'scriptId'>,
): Partial<AutomationForm> => ({
  scriptId: id,
  version,
  name: now.name || name,
  values: firstTyped(parameters),
  resourceId: resource?.id ?? now.resourceId,
  database: resource ? (database ?? '') : now.database,
});

export const formOf = (
  { name, plan, schedule, notify, paused }: AutomationDraft,
  timeZone: string,
): AutomationForm => ({
  ...emptyForm(timeZone),
  name,
  scriptId: plan.scriptId,
  version: plan.version,
  values: Object.fromEntries(Object.entries(plan.parameters).map(([key, value]) => [key, value ?? ''])),
  resourceId: plan.resourceId,
  database: plan.database ?? '',
  endpoint: plan.endpoint ?? '',
  method: plan.login?.method ?? '',
  user: plan.login?.user ?? '',
  secretArn: plan.login?.secretArn ?? '',
  roleArn: plan.roleArn,
  readOnly: plan.readOnly,
  ...(schedule && { scheduled: true, ...schedule }),
  format: plan.output.format,
  prefix: plan.output.prefix,
  rows: plan.limits.rows === undefined ? '' : groupDigits(String(plan.limits.rows)),
  seconds: plan.limits.seconds === undefined ? '' : groupDigits(String(plan.limits.seconds)),
  notify,
  paused,
});

/** How it logs in; undefined: as the resource offers it. */
function loginOf({ method, user, secretArn }: AutomationForm): AutomationDraft['plan']['login'] {
  if (!method) return undefined;
  const { asksUser, asksSecret } = LOGIN_METHODS[method];
  return {
    method,
    ...(asksUser && user.trim() && { user: user.trim() }),
    ...(asksSecret && secretArn.trim() && { secretArn: secretArn.trim() }),
  };
}

/** What a check asks about. */
export const placeOf = (form: AutomationForm) => {
  const login = loginOf(form);
  return {
    resourceId: form.resourceId,
    roleArn: form.roleArn.trim(),
    readOnly: form.readOnly,
    ...(form.database.trim() && { database: form.database.trim() }),
    ...(form.endpoint && { endpoint: form.endpoint }),
    ...(login && { login }),
  };
};

/** The draft of a form, or what is wrong with which of its fields. */
export function readForm(
  form: AutomationForm,
  parameters: readonly Parameter[],
): { readonly draft: AutomationDraft } | { readonly problems: Problems } {
  const amount = (text: string) => (text.trim() ? readNumber(text) : undefined);
  const { data, error } = AutomationDraft.safeParse({
    name: form.name,
    plan: {
      ...placeOf(form),
      scriptId: form.scriptId,
      version: form.version,
      parameters: valuesOf(parameters, form.values),
      output: { format: form.format, prefix: form.prefix },
      limits: { rows: amount(form.rows), seconds: amount(form.seconds) },
    },
    ...(form.scheduled && { schedule: { expression: form.expression, timeZone: form.timeZone } }),
    notify: form.notify,
    paused: form.paused,
  });
  const ofValues = Object.entries(problemsOf(parameters, form.values)).map(([name, says]) => [
    `values.${name}`,
    `It ${says}.`,
  ]);
  const issues = (error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }));
  const problems = { ...fieldProblems(issues), ...Object.fromEntries(ofValues) };
  return data && ofValues.length === 0 ? { draft: data } : { problems };
}

const MISSING: Readonly<Record<string, string>> = {
  scriptId: 'Choose the script that shall run.',
  resourceId: 'Choose where it shall run.',
  name: 'Give it a name of at most 120 characters.',
  rows: 'Type a whole number from 1 on, or leave it empty.',
  seconds: 'Type a whole number from 1 to 840, or leave it empty.',
};

/** Messages by field, wherever in the draft the field stands: `automation.plan.output.prefix` → `prefix`. */
function fieldProblems(fields: readonly { readonly path: string; readonly message: string }[]): Problems {
  const problems: Record<string, string> = {};
  for (const { path, message } of fields) {
    const [, parameter] = /(?:^|\.)parameters\.(\w+)$/.exec(path) ?? [];
    const last = path.split('.').at(-1) ?? '';
    const field = parameter ? `values.${parameter}` : last;
    if (parameter || field in TITLES) problems[field] ??= MISSING[field] ?? `It ${message}.`;
  }
  return problems;
}

/** What the server says is wrong, by field. */
export function refusedFields(error: unknown): Problems {
  if (!(error instanceof ApiError)) return {};
  const said = fieldProblems(error.details?.fields ?? []);
  return error.code === 'ROLE_NOT_ALLOWED' ? { roleArn: error.message, ...said } : said;
}

/** A value as a person reads it. */
export function sayValue<F extends AutomationField>(field: F, value: AutomationForm[F]): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (field === 'values')
    return Object.entries(value as Typed)
      .map(([name, given]) => `${name} = ${given || 'null'}`)
      .join(', ');
  return String(value) || 'Nothing';
}
