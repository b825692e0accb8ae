import type { DeployedNetwork, SettingsView } from '#contract/settings.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Section } from '../../components/section.tsx';
import styles from './settings.module.css';

const EXAMPLE = `"networks": [
  { "name": "data", "vpcId": "vpc-…", "subnetIds": ["subnet-…", "subnet-…"] }
]`;

/** The VPCs that were deployed with the instance: cdk.json says them, so that they are shown and not changed. */
export function Networks({ networks }: { readonly networks: readonly DeployedNetwork[] | undefined }) {
  return (
    <Section title="Networks" lead="The VPCs whose private databases are reached, as they were deployed.">
      {networks && networks.length > 0 ? (
        <ul className={styles.networks}>
          {networks.map(({ name, vpcId, subnetIds, regions }) => (
            <li key={name}>
              <h4>{name}</h4>
              <dl className={styles.facts}>
                <Fact title="VPC">
                  <code>{vpcId}</code>
                </Fact>
                <Fact title="Subnets">
                  {subnetIds.map((id) => (
                    <code key={id}>{id}</code>
                  ))}
                </Fact>
                {regions && (
                  <Fact title="Reaches also">
                    {regions.map((region) => (
                      <code key={region}>{region}</code>
                    ))}
                  </Fact>
                )}
              </dl>
            </li>
          ))}
        </ul>
      ) : (
        <p>
          None: every database is reached from the functions themselves, by its public endpoint or as an AWS service.
        </p>
      )}
      <div className={styles.note}>
        <p>
          To change them, write them into <code>cdk.json</code>, under <code>context.lodge</code>, and run{' '}
          <code>npm run deploy</code>.
        </p>
        <Code text={EXAMPLE} label="Copy the lines of cdk.json" />
      </div>
    </Section>
  );
}

/** Which account it belongs to. Nobody can change that from a browser. */
export function AccountBinding({ view: { accountId, partition, claimedAt } }: { readonly view: SettingsView }) {
  return (
    <Section title="Account" lead="Only users of this account sign in.">
      <dl className={styles.facts}>
        <Fact title="Account">
          <code>{accountId}</code>
        </Fact>
        <Fact title="Partition">
          <code>{partition}</code>
        </Fact>
        <Fact title="Claimed">
          <time dateTime={claimedAt}>{new Date(claimedAt).toLocaleString()}</time>
        </Fact>
      </dl>
      <div className={styles.note}>
        <p>
          This cannot be changed from the browser. Whoever may write to the instance table with their own AWS keys can
          release the instance, so that it is claimed anew:
        </p>
        <Code text="npm run instance -- release --table NAME --region REGION" label="Copy the command" />
      </div>
    </Section>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className={styles.code}>
      <pre>{text}</pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}
