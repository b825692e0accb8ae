import type { ReactNode } from 'react';
import { ENGINES } from '#contract/engines.ts';
import { type Resource, SERVICES } from '#contract/resources.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useDesk } from '../workbench/desk.ts';
import { connectTo } from '../workbench/desk-actions.ts';
import styles from './details.module.css';

const yesNo = (value: boolean | undefined): string | undefined =>
  value === undefined ? undefined : value ? 'yes' : 'no';

/** Each line's name and text; a line without a text is left out. */
const facts = (resource: Resource): [string, ReactNode][] => [
  ['Service', `${SERVICES[resource.service].title}, ${resource.region}`],
  ['Engine', `${resource.awsEngine} ${resource.version ?? ''}`],
  ['Status', resource.status],
  ['Database', resource.database],
  ['Main user', resource.user],
  ['IAM logins', resource.engine && ENGINES[resource.engine].logins.length > 1 ? yesNo(resource.iamLogin) : undefined],
  ['Public', yesNo(resource.publiclyAccessible)],
  ['Encrypted', yesNo(resource.encrypted)],
  ['VPC', resource.vpcId],
  ['Cluster', resource.clusterId],
  ['Tables', resource.tables?.length.toLocaleString('en')],
];

/** What AWS says of a resource. */
export function ResourceDetails({ resource }: { resource: Resource }) {
  const desk = useDesk();
  const ready = resource.engine && ENGINES[resource.engine].ready;
  return (
    <div className={styles.body}>
      <h3 className={styles.name}>{resource.name}</h3>
      {ready ? (
        <Button icon="plug" onClick={() => void connectTo(desk, resource)}>
          Connect
        </Button>
      ) : (
        <p className={styles.muted}>Lodge lists this resource, but has no engine to open it yet.</p>
      )}
      <dl className={styles.facts}>
        {facts(resource).map(
          ([name, text]) =>
            text !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
      <Copied title="ARN" text={resource.id} />
      {resource.endpoints.map(({ host, port, use }) => (
        <Copied
          key={`${use} ${host}`}
          title={use === 'instance' ? 'Endpoint' : `Endpoint, ${use}`}
          text={`${host}:${port}`}
        />
      ))}
      {resource.tables && resource.tables.length > 0 && <TableNames names={resource.tables} />}
      <Tags tags={resource.tags} />
    </div>
  );
}

function Copied({ title, text }: { title: string; text: string }) {
  return (
    <section className={styles.section}>
      <h4>{title}</h4>
      <div className={styles.copied}>
        <code>{text}</code>
        <CopyButton text={text} label={`Copy the ${title === 'ARN' ? title : title.toLowerCase()}`} />
      </div>
    </section>
  );
}

function TableNames({ names }: { names: readonly string[] }) {
  return (
    <section className={styles.section}>
      <h4>Tables</h4>
      <ul className={styles.list}>
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tags({ tags }: { tags: Readonly<Record<string, string>> }) {
  const all = Object.entries(tags);
  if (all.length === 0) return null;
  return (
    <section className={styles.section}>
      <h4>Tags</h4>
      <dl className={styles.facts}>
        {all.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
