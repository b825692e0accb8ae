import { useState } from 'react';
import { type RunPolicy, runPolicy } from '#contract/run-policy.ts';
import type { Script } from '#contract/scripts.ts';
import { trustPolicy } from '#contract/trust-policy.ts';
import { useStore } from '../../app/store.ts';
import { Field } from '../../components/field.tsx';
import { Section } from '../../components/section.tsx';
import { useDesk } from '../workbench/desk.ts';
import type { SectionProps } from './automation-form-page.tsx';
import styles from './automations.module.css';
import { PlanCheck } from './plan-check.tsx';
import { PolicyText } from './policy-text.tsx';
import { rolePlace, tablesIn, tablesOf } from './role-place.ts';

/** What the role must say in IAM, to paste; and whether it does. */
export function PoliciesSection({ form, ground, script }: SectionProps & { readonly script: Script | undefined }) {
  const desk = useDesk();
  const { resources } = useStore(desk.explorer.discovery);
  // Those that the script names, until somebody says otherwise.
  const [typed, setTyped] = useState<string>();
  const { service, tables: known = [] } = resources.find(({ id }) => id === form.resourceId) ?? {};
  const tables = typed === undefined ? tablesIn(script?.text ?? '', known) : tablesOf(typed);
  const place = rolePlace(form, resources, tables);
  const made = place && runPolicy(place);
  return (
    <Section
      wide
      title="What the role says"
      lead="Two policies, to be pasted into the role in IAM: whom it trusts, and what it may do. Neither allows more than a run needs."
    >
      {service === 'dynamodb' && (
        <Field
          className={styles.narrow}
          label="Tables that it may use"
          optional
          mono
          value={typed ?? tables.join(', ')}
          hint="They stand in the policy below. Left empty: all of the region."
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
      <div className={styles.policies}>
        <PolicyText
          title="Trust policy"
          json={trustPolicy(ground.runnerRoleArn, ground.externalId, 2)}
          label="Copy the trust policy"
        />
        <Permissions made={made} chosen={form.resourceId !== ''} />
      </div>
      <PlanCheck form={form} policy={made?.policy} />
    </Section>
  );
}

function Permissions({ made, chosen }: { readonly made: RunPolicy | undefined; readonly chosen: boolean }) {
  if (!made)
    return (
      <p className={styles.note}>
        {chosen
          ? 'This resource is not among those that were found with your keys, so its permission policy cannot be written.'
          : 'Choose a resource, and its permission policy stands here.'}
      </p>
    );
  return (
    <div className={styles.result}>
      <PolicyText
        title="Permission policy"
        json={JSON.stringify(made.policy, null, 2)}
        label="Copy the permission policy"
      />
      {made.says.map((sentence) => (
        <p key={sentence} className={styles.note}>
          {sentence}
        </p>
      ))}
    </div>
  );
}
