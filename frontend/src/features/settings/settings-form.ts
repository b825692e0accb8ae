/** The settings as a form: flat, and with numbers as they are typed. The claim and the settings page fill in the same. */
import { ROLES } from '#contract/roles.ts';
import { InstanceSettings, LONGEST_SECONDS } from '#contract/settings.ts';
import { groupDigits, readNumber } from '../../components/numbers.ts';
import { REGION_NAMES } from '../claim/regions.ts';

export interface SettingsForm {
  readonly name: string;
  readonly regions: readonly string[];
  readonly sessionMinutes: string;
  readonly defaultRole: InstanceSettings['defaultRole'];
  readonly rows: string;
  readonly seconds: string;
  readonly statements: string;
  readonly scanItems: string;
  readonly scanMegabytes: string;
  readonly days: string;
  readonly redactLiterals: boolean;
  readonly automators: InstanceSettings['automation']['automators'];
  /** One pattern a line. */
  readonly roles: string;
}
export type SettingsField = keyof SettingsForm;
/** The fields that are numbers. */
export type AmountField = Exclude<
  SettingsField,
  'name' | 'regions' | 'defaultRole' | 'redactLiterals' | 'automators' | 'roles'
>;
export type Problems = Readonly<Partial<Record<SettingsField, string>>>;

interface Amount {
  readonly title: string;
  readonly unit: string;
  readonly hint: string;
  readonly presets?: readonly { readonly label: string; readonly value: number }[];
}

export const AMOUNTS: Readonly<Record<AmountField, Amount>> = {
  sessionMinutes: {
    title: 'Session length',
    unit: 'minutes',
    hint: 'From the sign-in on, whatever is done meanwhile. Sessions that are open keep their end.',
    presets: [
      { label: '15 min', value: 15 },
      { label: '1 hour', value: 60 },
      { label: '4 hours', value: 240 },
      { label: '8 hours', value: 480 },
      { label: '12 hours', value: 720 },
    ],
  },
  seconds: {
    title: 'Statement timeout',
    unit: 'seconds',
    hint: 'The database stops a statement after that.',
    presets: [
      { label: '1 min', value: 60 },
      { label: '5 min', value: 300 },
      { label: '14 min', value: LONGEST_SECONDS },
    ],
  },
  rows: {
    title: 'Rows of a result',
    unit: 'rows',
    hint: 'Reading stops there. The statement itself is never changed.',
    presets: [
      { label: '10 thousand', value: 10_000 },
      { label: '1 million', value: 1_000_000 },
      { label: '10 million', value: 10_000_000 },
    ],
  },
  statements: {
    title: 'Scripts at once',
    unit: 'a user',
    hint: 'Over all of their windows and devices.',
  },
  scanItems: { title: 'Items of a scan', unit: 'items', hint: 'Of what DynamoDB has counted.' },
  scanMegabytes: { title: 'Size of a scan', unit: 'MB', hint: 'Of the table or index, whatever is filtered.' },
  days: {
    title: 'Records are kept for',
    unit: 'days',
    hint: 'A shorter time counts for new records; those that are there keep their end.',
    presets: [
      { label: '90 days', value: 90 },
      { label: '1 year', value: 365 },
      { label: '3 years', value: 1_095 },
      { label: '10 years', value: 3_650 },
    ],
  },
};

export const TITLES: Readonly<Record<SettingsField, string>> = {
  name: 'Name',
  regions: 'Regions',
  defaultRole: 'Default role',
  redactLiterals: 'Literals in the record',
  automators: 'Who may automate',
  roles: 'Roles of automations',
  ...(Object.fromEntries(Object.entries(AMOUNTS).map(([field, { title }]) => [field, title])) as Record<
    AmountField,
    string
  >),
};

/** Who may make and change automations. */
export const AUTOMATORS: Readonly<Record<SettingsForm['automators'], string>> = {
  administrator: 'Administrators only',
  editor: 'Editors too',
};

/** What stands in a list that is typed one a line. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const SAYS: { readonly [F in SettingsField]?: (value: SettingsForm[F]) => string } = {
  regions: (regions) => regions.map((region) => REGION_NAMES[region] ?? region).join(', '),
  defaultRole: (role) => ROLES[role].title,
  redactLiterals: (redacted) => (redacted ? 'Replaced' : 'Kept'),
  automators: (automators) => AUTOMATORS[automators],
  roles: (roles) => linesOf(roles).join(', ') || 'None',
};

/** The value as a person reads it: `60 minutes`. */
export function sayValue<F extends SettingsField>(field: F, value: SettingsForm[F]): string {
  const unit = AMOUNTS[field as AmountField]?.unit;
  return SAYS[field]?.(value) ?? (unit ? `${value} ${unit}` : String(value));
}

export const formOf = ({
  name,
  regions,
  sessionMinutes,
  defaultRole,
  limits,
  audit,
  automation,
}: InstanceSettings): SettingsForm => ({
  name,
  regions,
  sessionMinutes: groupDigits(String(sessionMinutes)),
  defaultRole,
  rows: groupDigits(String(limits.rows)),
  seconds: groupDigits(String(limits.seconds)),
  statements: groupDigits(String(limits.statements)),
  scanItems: groupDigits(String(limits.scanItems)),
  scanMegabytes: groupDigits(String(limits.scanMegabytes)),
  days: groupDigits(String(audit.days)),
  redactLiterals: audit.redactLiterals,
  automators: automation.automators,
  roles: automation.roles.join('\n'),
});

/** What the contract proposes, for an instance of that name in these regions. */
export const proposedForm = (name: string, regions: readonly string[]): SettingsForm => ({
  ...formOf(InstanceSettings.parse({ name: 'Lodge', regions: ['us-east-1'] })),
  name,
  regions,
});

/** The settings of a form, or what is wrong with which of its fields. */
export function readForm(form: SettingsForm): { settings: InstanceSettings } | { problems: Problems } {
  const { name, regions, defaultRole, redactLiterals, automators, roles } = form;
  const { data, error } = InstanceSettings.safeParse({
    name,
    regions,
    defaultRole,
    sessionMinutes: readNumber(form.sessionMinutes),
    limits: {
      rows: readNumber(form.rows),
      seconds: readNumber(form.seconds),
      statements: readNumber(form.statements),
      scanItems: readNumber(form.scanItems),
      scanMegabytes: readNumber(form.scanMegabytes),
    },
    audit: { days: readNumber(form.days), redactLiterals },
    automation: { automators, roles: linesOf(roles) },
  });
  if (data) return { settings: data };
  const problems: Partial<Record<SettingsField, string>> = {};
  for (const issue of error.issues) {
    const field = issue.path.find((part): part is SettingsField => String(part) in TITLES);
    if (field) problems[field] ??= sayProblem(field, issue);
  }
  return { problems };
}

interface Issue {
  readonly code?: string | undefined;
  readonly message: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  name: 'Give the instance a name of at most 60 characters.',
  regions: 'Choose at least one region, and at most 40.',
  roles: 'At most 50 patterns, of at most 300 characters each.',
};

function sayProblem(field: SettingsField, { code, message, minimum, maximum }: Issue): string {
  const unit = AMOUNTS[field as AmountField]?.unit;
  if (!unit) return PROBLEMS[field] ?? message;
  if (code === 'too_small') return `At least ${minimum?.toLocaleString('en-US')} ${unit}.`;
  if (code === 'too_big') return `At most ${maximum?.toLocaleString('en-US')} ${unit}.`;
  return 'Type a whole number.';
}
