import { useCallback, useState } from 'react';
import { CHECK_STEPS, type CheckStep } from '#contract/automations.ts';
import { ENGINES, LOGIN_METHODS, type LoginMethod } from '#contract/engines.ts';
import { loginOffers } from '#contract/login-offers.ts';
import type { Script } from '#contract/scripts.ts';
import { ApiError, call } from '../../api.ts';
import { useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { FieldRow, Section } from '../../components/section.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { SuggestField, type Suggestion } from '../../components/suggest-field.tsx';
import { resourceName } from '../explorer/resource-name.ts';
import { useDesk } from '../workbench/desk.ts';
import { type AutomationForm, placeOf } from './automation-form.ts';
import type { SectionProps } from './automation-form-page.tsx';
import styles from './automations.module.css';
import { matchesPattern, roleNeeds, trustPolicy } from './trust-policy.ts';

const SHOWN = 12;

/** Where it runs, and as whom: a role that alone decides what it may reach. */
export function RoleSection({
  form,
  problems,
  ground,
  script,
  onChange,
}: SectionProps & { readonly script: Script | undefined }) {
  const desk = useDesk();
  const { resources } = useStore(desk.explorer.discovery);
  const resource = resources.find(({ id }) => id === form.resourceId);
  const find = useCallback(
    async (text: string): Promise<Suggestion[]> => {
      const fits = desk.explorer
        .found()
        .filter(({ resource: { id, name } }) => `${name} ${id}`.toLowerCase().includes(text.toLowerCase()))
        .slice(0, SHOWN)
        .map(({ resource: { id, name, region } }) => ({ value: id, label: name, detail: region }));
      return fits.length === 0 && text.startsWith('arn:') ? [{ value: text, label: text }] : fits;
    },
    [desk],
  );
  const offers = resource
    ? loginOffers(resource).map(({ method, title, refusal }) => ({
        method,
        title: refusal ? `${title} (not here)` : title,
      }))
    : (script ? ENGINES[script.engine].logins : []).map((method) => ({ method, title: LOGIN_METHODS[method].title }));
  const methods = offers.filter(
    (offer): offer is { method: AutomationForm['method'] & LoginMethod; title: string } => offer.method !== 'password',
  );
  const login = form.method ? LOGIN_METHODS[form.method] : undefined;
  const role = form.roleArn.trim();
  const isAllowed = ground.roles.some((pattern) => matchesPattern(pattern, role));
  const notAllowed = role.startsWith('arn:') && !isAllowed ? 'The settings do not allow this role.' : undefined;
  return (
    <Section
      title="Where, and as whom"
      lead="A run has nobody’s keys. It takes on a role of yours, which alone decides what it may find and open."
    >
      <SuggestField
        label="Resource"
        placeholder="A part of its name, or its ARN"
        chosen={form.resourceId ? (resource?.name ?? resourceName(form.resourceId)) : undefined}
        hint={form.resourceId}
        error={problems.resourceId}
        find={find}
        onChoose={(chosen) => onChange({ resourceId: chosen?.value ?? '', endpoint: '' })}
      />
      <FieldRow>
        <Field
          label="Database"
          optional
          mono
          value={form.database}
          error={problems.database}
          placeholder={resource?.database ?? ''}
          autoComplete="off"
          onChange={({ target }) => onChange({ database: target.value })}
        />
        <SelectField
          label="Login"
          value={form.method}
          options={[
            { value: '', label: 'The safest that it offers' },
            ...methods.map(({ method, title }) => ({
              value: method,
              label: method === 'keys' ? 'The keys of the role' : title,
            })),
          ]}
          error={problems.method}
          onValue={(method) => onChange({ method: method as AutomationForm['method'] })}
        />
      </FieldRow>
      {login?.asksUser && (
        <Field
          label="Database user"
          mono
          value={form.user}
          error={problems.user}
          autoComplete="off"
          onChange={({ target }) => onChange({ user: target.value })}
        />
      )}
      {login?.asksSecret && (
        <Field
          label="Secret"
          mono
          optional={resource?.secretArn !== undefined}
          value={form.secretArn}
          error={problems.secretArn}
          hint={resource?.secretArn ? 'Left empty: the one that the resource manages.' : 'Its ARN.'}
          autoComplete="off"
          onChange={({ target }) => onChange({ secretArn: target.value })}
        />
      )}
      <Field
        label="Role"
        mono
        value={form.roleArn}
        error={problems.roleArn ?? notAllowed}
        hint={
          ground.roles.length === 0
            ? 'No role may be used yet: an administrator allows some under Settings, Automation.'
            : `Its ARN. Allowed are: ${ground.roles.join(', ')}`
        }
        autoComplete="off"
        onChange={({ target }) => onChange({ roleArn: target.value })}
      />
      <div className={styles.result}>
        <p className={styles.note}>Its trust policy:</p>
        <div className={styles.code}>
          <pre>{trustPolicy(ground)}</pre>
          <CopyButton text={trustPolicy(ground)} label="Copy the trust policy" />
        </div>
        <p className={styles.note}>What its own policies must allow:</p>
        <ul className={styles.needs}>
          {roleNeeds(form.method).map((need) => (
            <li key={need}>{need}</li>
          ))}
        </ul>
      </div>
      <CheckField
        label="Only reads"
        checked={form.readOnly}
        hint="The database itself refuses to change anything, and a run that fails on its way may be tried again."
        onChecked={(readOnly) => onChange({ readOnly })}
      />
      <Check form={form} />
    </Section>
  );
}

/** Tries the role, the resource and the login; nothing runs. */
function Check({ form }: { readonly form: AutomationForm }) {
  const [seen, setSeen] = useState<{
    readonly of: string;
    readonly steps?: readonly CheckStep[];
    readonly failure?: unknown;
  }>();
  const [busy, setBusy] = useState(false);
  const asked = JSON.stringify(placeOf(form));
  async function check() {
    setBusy(true);
    const next = await call('checkAutomation', { body: placeOf(form) }).then(
      ({ steps }) => ({ of: asked, steps }),
      (failure: unknown) => ({ of: asked, failure }),
    );
    setSeen(next);
    setBusy(false);
  }
  // What was checked is no longer what stands there.
  const shown = seen?.of === asked ? seen : undefined;
  return (
    <div className={styles.result}>
      <div className={styles.tools}>
        <Button
          icon="plug"
          busy={busy}
          disabled={!form.resourceId || !form.roleArn.trim()}
          onClick={() => void check()}
        >
          Check
        </Button>
        <span className={styles.note} role="status">
          {verdict(busy, shown?.steps)}
        </span>
      </div>
      {shown?.failure !== undefined && <ErrorNotice error={shown.failure} />}
      {shown?.steps && (
        <ol className={styles.steps} aria-label="Steps of the check">
          {shown.steps.map((step) => (
            <Step key={step.step} step={step} />
          ))}
        </ol>
      )}
    </div>
  );
}

const SAYS = { passed: 'passed', failed: 'failed', skipped: 'not reached' } as const;
const ICONS = { passed: 'check', failed: 'close', skipped: 'more' } as const;

function verdict(busy: boolean, steps: readonly CheckStep[] | undefined): string {
  if (busy) return 'Checking…';
  if (!steps) return 'Tries the role, the resource and the login. Nothing runs.';
  return steps.every(({ state }) => state === 'passed') ? 'All is well.' : 'It would fail.';
}

function Step({ step: { step, state, detail, error } }: { readonly step: CheckStep }) {
  return (
    <li data-state={state}>
      <Icon name={ICONS[state]} size={14} />
      <span>
        {CHECK_STEPS[step]}
        <span className="visually-hidden">: {SAYS[state]}</span>
      </span>
      {detail && !error && <p>{detail}</p>}
      {error && (
        <div>
          <ErrorNotice error={new ApiError(error)} />
        </div>
      )}
    </li>
  );
}
