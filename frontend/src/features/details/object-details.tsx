import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type EngineName, NODE_KINDS } from '#contract/engines.ts';
import type { NodePath, ObjectDescription } from '#contract/objects.ts';
import { call } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { useDesk } from '../workbench/desk.ts';
import { openTable } from '../workbench/desk-actions.ts';
import styles from './details.module.css';
import { sizeText } from './size-text.ts';

interface ObjectDetailsProps {
  readonly connectionKey: string;
  readonly engine: EngineName;
  readonly path: NodePath;
}

/** Columns, keys, indexes and the statement that would make an object again: read when it is first looked at. */
export function ObjectDetails({ connectionKey, path }: ObjectDetailsProps) {
  const desk = useDesk();
  const { data, error, refetch } = useQuery({
    queryKey: ['describe', connectionKey, path],
    queryFn: ({ signal }) =>
      desk.book.use(connectionKey, (token) => call('describe', { body: { connection: token, path } }, signal)),
  });
  const last = path.at(-1);
  if (!last) return null;
  const connection = desk.book.find(connectionKey);
  return (
    <div className={styles.body}>
      <div>
        <p className={styles.muted}>
          {NODE_KINDS[last.kind].title}
          {path.length > 1 && ` in ${path.at(-2)?.name}`}
        </p>
        <h3 className={styles.name}>{last.name}</h3>
      </div>
      {NODE_KINDS[last.kind].opens && connection && (
        <Button icon="table" onClick={() => openTable(desk, connection, path)}>
          Open
        </Button>
      )}
      {error && <ErrorNotice error={error} actions={<Button onClick={() => void refetch()}>Try again</Button>} />}
      {!data && !error && <p role="status">Reading…</p>}
      {data && <Description description={data} />}
    </div>
  );
}

function Description({ description }: { description: ObjectDescription }) {
  const { kind, comment, rows, bytes, columns, keys, indexes, properties = [], ddl } = description;
  const inKey = new Set(keys.filter(({ kind }) => kind === 'primary').flatMap((key) => key.columns));
  return (
    <>
      {comment && <p>{comment}</p>}
      {(rows !== undefined || bytes !== undefined) && (
        <p className={styles.muted}>
          {rows !== undefined && `about ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`}
          {rows !== undefined && bytes !== undefined && ' · '}
          {bytes !== undefined && sizeText(bytes)}
        </p>
      )}
      {properties.length > 0 && (
        <dl className={styles.facts}>
          {properties.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {columns.length > 0 && (
        <Section title={NODE_KINDS[kind === 'collection' ? 'field' : 'column'].plural} count={columns.length}>
          {columns.map((column) => (
            <li key={column.name} title={column.comment}>
              <div className={styles.column}>
                <span data-key={inKey.has(column.name) || undefined}>
                  {column.name}
                  {inKey.has(column.name) && <span className="visually-hidden"> (primary key)</span>}
                </span>
                <code>{column.type}</code>
              </div>
              {(column.nullable || column.default || column.generated) && (
                <p className={styles.small}>
                  {[
                    column.nullable && 'nullable',
                    column.generated && 'generated',
                    column.default && `default ${column.default}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              )}
            </li>
          ))}
        </Section>
      )}
      {keys.length > 0 && (
        <Section title="Keys" count={keys.length}>
          {keys.map((key) => (
            <li key={key.name}>
              <div className={styles.column}>
                <span>{key.name}</span>
                <em>{key.kind}</em>
              </div>
              <code className={styles.definition}>{key.definition}</code>
            </li>
          ))}
        </Section>
      )}
      {indexes.length > 0 && (
        <Section title="Indexes" count={indexes.length}>
          {indexes.map((index) => (
            <li key={index.name}>
              <div className={styles.column}>
                <span>{index.name}</span>
                <em>
                  {index.unique && 'unique '}
                  {index.method}
                  {index.bytes !== undefined && `, ${sizeText(index.bytes)}`}
                </em>
              </div>
              <code className={styles.definition}>{index.definition}</code>
            </li>
          ))}
        </Section>
      )}
      <section className={styles.section}>
        <div className={styles.title}>
          <h4>Definition</h4>
          <CopyButton text={ddl} label="Copy the definition" />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1) */}
        <pre className={styles.ddl} tabIndex={0}>
          {ddl}
        </pre>
      </section>
    </>
  );
}

function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <details className={styles.section} open>
      <summary>
        <h4>{title}</h4> <span className={styles.count}>{count}</span>
      </summary>
      <ul className={styles.list}>{children}</ul>
    </details>
  );
}
