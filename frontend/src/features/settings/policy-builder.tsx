import { useId, useState } from 'react';
import { SERVICES, Service } from '#contract/resources.ts';
import { POLICY_LIMIT, policySize, userPolicy } from '#contract/user-policy.ts';
import { saveFile } from '../../app/save-file.ts';
import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../components/section.tsx';
import styles from './policy.module.css';
import { type Choices, keepChoices, readChoices } from './policy-choices.ts';

interface PolicyBuilderProps {
  /** Whose choices are kept. */
  readonly userId: string;
  readonly partition: string;
  readonly accountId: string;
  readonly regions: readonly string[];
}

/** The policy that users need, as JSON: of what they are to find and open, and nothing else. */
export function PolicyBuilder({ userId, partition, accountId, regions }: PolicyBuilderProps) {
  const [choices, setChoices] = useState(() => readChoices(sessionStorage, userId));
  const change = (change: Partial<Choices>) => {
    const next = { ...choices, ...change };
    setChoices(next);
    keepChoices(sessionStorage, userId, next);
  };
  const { services, everywhere, role, ...rest } = choices;
  const policy = userPolicy({
    ...rest,
    services,
    databaseUser: choices.databaseUser.trim() || '*',
    role: role.trim() || undefined,
    partition,
    accountId,
    regions: everywhere ? [] : regions,
  });
  const json = JSON.stringify(policy, null, 2);
  const toggle = (service: Service, chosen: boolean) =>
    change({ services: Service.options.filter((one) => (one === service ? chosen : services.includes(one))) });
  return (
    <Section
      wide
      title="Policy for users"
      lead="What users need in IAM, made from what Lodge calls with their keys. Attach it to a role, a group, or a permission set of Identity Center. It allows nothing that is not chosen."
    >
      <div className={styles.builder}>
        <div className={styles.choices}>
          <fieldset>
            <legend>
              Services
              <Button
                size="small"
                look="quiet"
                onClick={() => change({ services: services.length > 0 ? [] : [...Service.options] })}
              >
                {services.length > 0 ? 'None' : 'All'}
              </Button>
            </legend>
            {Service.options.map((service) => (
              <CheckField
                key={service}
                label={SERVICES[service].title}
                checked={services.includes(service)}
                onChecked={(chosen) => toggle(service, chosen)}
              />
            ))}
          </fieldset>
          <fieldset>
            <legend>What they may do</legend>
            <CheckField
              label="Read only"
              checked={choices.readOnly}
              hint="Writes nothing to DynamoDB. Elsewhere the database user decides, and the role here."
              onChecked={(readOnly) => change({ readOnly })}
            />
            <CheckField
              label="Log in by secrets"
              checked={choices.secrets}
              hint="Reads secrets of Secrets Manager, which hold passwords. Narrow the ARN where you can."
              onChecked={(secrets) => change({ secrets })}
            />
            <CheckField
              label="Read results of automations"
              checked={choices.results}
              hint="Objects below results/ in this account’s buckets. Narrow it to the one bucket where you can."
              onChecked={(results) => change({ results })}
            />
            <CheckField
              label="Be recognized by rules"
              checked={choices.identity}
              hint="Reads the account’s alias, and the path and tags of one’s own user or role."
              onChecked={(identity) => change({ identity })}
            />
            <CheckField
              label="In every region"
              checked={everywhere}
              hint={`Else only in those of this instance: ${regions.join(', ')}.`}
              onChecked={(everywhere) => change({ everywhere })}
            />
          </fieldset>
          <Field
            label="Database user of IAM logins"
            mono
            value={choices.databaseUser}
            hint="Such as app_iam; * for any."
            autoComplete="off"
            onChange={({ target }) => change({ databaseUser: target.value })}
          />
          <Field
            label="Role in other accounts"
            mono
            optional
            value={role}
            placeholder={`arn:${partition}:iam::*:role/LodgeDatabases`}
            hint="May be taken on, to find and open databases there."
            autoComplete="off"
            onChange={({ target }) => change({ role: target.value })}
          />
        </div>
        <PolicyText json={json} size={policySize(policy)} statements={policy.Statement.length} />
      </div>
    </Section>
  );
}

interface PolicyTextProps {
  readonly json: string;
  readonly size: number;
  readonly statements: number;
}

function PolicyText({ json, size, statements }: PolicyTextProps) {
  const id = useId();
  const over = size > POLICY_LIMIT;
  return (
    <div className={styles.text}>
      <div className={styles.tools}>
        <h4 id={id}>lodge-users.json</h4>
        <CopyButton text={json} label="Copy the policy" word="Copy" />
        <Button
          size="small"
          icon="download"
          onClick={() => saveFile('lodge-users.json', `${json}\n`, 'application/json')}
        >
          Download
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must for the keyboard too */}
      <section tabIndex={0} aria-labelledby={id}>
        <pre>{json}</pre>
      </section>
      <p className={styles.size} data-over={over || undefined} role="status">
        {over && <Icon name="alert" size={14} />}
        {statements === 0
          ? 'Nothing is chosen: IAM takes no policy without a statement.'
          : `${size.toLocaleString('en-US')} of the ${POLICY_LIMIT.toLocaleString('en-US')} characters that a managed policy may have, whitespace aside.`}
        {over && ' Choose fewer services or regions, and hand out two policies.'}
      </p>
    </div>
  );
}
