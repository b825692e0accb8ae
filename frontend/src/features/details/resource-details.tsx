import { ENGINES } from '#contract/engines.ts';
import type { Endpoint, Resource } from '#contract/resources.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Notice } from '../../components/notice.tsx';
import { accountIdOf } from '../explorer/accounts.ts';
import { NO_ENGINE, PREVIEW } from '../explorer/preview.ts';
import { endpointName } from '../explorer/resource-content.tsx';
import type { Spot } from '../explorer/tree-branches.ts';
import { useDesk } from '../workbench/desk.ts';
import { connectTo } from '../workbench/desk-actions.ts';
import { Copied } from './copied.tsx';
import styles from './details.module.css';
import { ReachDetails } from './reach-details.tsx';
import { resourceFacts } from './resource-facts.ts';

/** What AWS says of a resource, how it is reached, and what can be done with it. */
export function ResourceDetails({ resource, account }: Spot) {
  const desk = useDesk();
  const engine = resource.engine && ENGINES[resource.engine];
  const { reach, consoleUrl, secretArn, tables = [] } = resource;
  return (
    <div className={styles.body}>
      <div>
        {account && (
          <p className={styles.muted}>
            {account.name} · {accountIdOf(account.roleArn)}
          </p>
        )}
        <h3 className={styles.name}>{resource.name}</h3>
      </div>
      {!engine?.ready && <p className={styles.muted}>{NO_ENGINE}</p>}
      {engine?.preview && (
        <Notice tone="warning">
          <p>{PREVIEW}</p>
        </Notice>
      )}
      <div className={styles.row}>
        {engine?.ready && (
          <Button icon="plug" onClick={() => void connectTo(desk, { resource, ...(account && { account }) })}>
            Connect
          </Button>
        )}
        {consoleUrl && (
          <a className={styles.link} href={consoleUrl} target="_blank" rel="noopener noreferrer">
            AWS console <Icon name="external" size={13} />
            <span className="visually-hidden">(opens in a new tab)</span>
          </a>
        )}
      </div>
      {reach && <ReachDetails reach={reach} />}
      <Facts facts={resourceFacts(resource)} />
      <Copied title="ARN" text={resource.id} />
      {resource.endpoints.map((endpoint) => (
        <Copied
          key={`${endpoint.use} ${endpoint.host}`}
          title={resource.endpoints.length === 1 ? 'Endpoint' : endpointTitle(endpoint)}
          text={`${endpoint.host}:${endpoint.port}`}
          note={endpoint.readOnly ? 'read-only' : undefined}
        />
      ))}
      {secretArn && <Copied title="Managed secret" text={secretArn} />}
      {tables.length > 0 && <TableNames {...resource} tables={tables} />}
      <Tags tags={resource.tags} />
    </div>
  );
}

function endpointTitle(endpoint: Endpoint): string {
  const name = endpointName(endpoint);
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** So many names are drawn at once; the tree has them all. */
const TABLES_SHOWN = 200;

function TableNames({
  tables,
  globalTables = {},
  readOnlyTables = [],
}: { tables: readonly string[] } & Pick<Resource, 'globalTables' | 'readOnlyTables'>) {
  return (
    <section className={styles.section}>
      <h4>Tables</h4>
      <ul className={styles.list}>
        {tables.slice(0, TABLES_SHOWN).map((name) => (
          <li key={name}>
            <code>{name}</code>
            {globalTables[name] && (
              <span className={styles.small}> global, also in {globalTables[name].join(', ')}</span>
            )}
            {readOnlyTables.includes(name) && <span className={styles.small}> read-only for your role</span>}
          </li>
        ))}
      </ul>
      {tables.length > TABLES_SHOWN && (
        <p className={styles.small}>and {(tables.length - TABLES_SHOWN).toLocaleString('en')} more in the tree</p>
      )}
    </section>
  );
}

function Tags({ tags }: { tags: Readonly<Record<string, string>> | undefined }) {
  const all = tags && Object.entries(tags);
  if (all?.length === 0) return null;
  return (
    <section className={styles.section}>
      <h4>Tags</h4>
      {all ? <Facts facts={all} /> : <p className={styles.small}>They could not be read.</p>}
    </section>
  );
}
