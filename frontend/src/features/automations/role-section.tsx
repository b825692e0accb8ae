import { useCallback } from 'react';
import { ENGINES, LOGIN_METHODS, type LoginMethod } from '#contract/engines.ts';
import { loginOffers } from '#contract/login-offers.ts';
import { matchesPattern } from '#contract/patterns.ts';
import type { Script } from '#contract/scripts.ts';
import { useStore } from '../../app/store.ts';
import { CheckField } from '../../components/check-field.tsx';
import { Field } from '../../components/field.tsx';
import { FieldRow, Section } from '../../components/section.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { SuggestField, type Suggestion } from '../../components/suggest-field.tsx';
import { resourceName } from '../explorer/resource-name.ts';
import { useDesk } from '../workbench/desk.ts';
import type { AutomationForm } from './automation-form.ts';
import type { SectionProps } from './automation-form-page.tsx';

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
      <CheckField
        label="Only reads"
        checked={form.readOnly}
        hint="The database itself refuses to change anything, and a run that fails on its way may be tried again."
        onChecked={(readOnly) => onChange({ readOnly })}
      />
    </Section>
  );
}
