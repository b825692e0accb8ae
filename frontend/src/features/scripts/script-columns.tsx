import { ENGINES } from '#contract/engines.ts';
import type { ScriptHead } from '#contract/scripts.ts';
import { relativeTime, zonedTime } from '../../app/times.ts';
import { Icon } from '../../components/icon.tsx';
import type { Column } from '../../components/virtual-row.tsx';
import type { TableLayout } from '../../components/virtual-table.tsx';
import styles from '../pages/list.module.css';
import own from './scripts.module.css';

const placeOf = ({ resource, database, engine }: ScriptHead): string =>
  [resource?.name, database].filter(Boolean).join(' › ') || ENGINES[engine].title;

/** Two lines a row; columns go where there is no room. */
export function scriptsLayout(self: string): (width: number) => TableLayout<ScriptHead> {
  const what: Column<ScriptHead> = {
    key: 'what',
    title: 'Script',
    width: 'minmax(150px, 1fr)',
    cell: ({ name, description, tags, parameters }) => (
      <>
        <span className={styles.main}>
          <Icon name="script" size={14} />
          <span title={name}>{name}</span>
        </span>
        <span className={styles.minor} title={description}>
          {tags.map((tag) => (
            <small key={tag} className={`${styles.tag} ${own.tag}`}>
              {tag}
            </small>
          ))}
          {description.split('\n')[0] || parameters.map((parameter) => `:${parameter.name}`).join(' ') || ' '}
        </span>
      </>
    ),
  };
  const where: Column<ScriptHead> = {
    key: 'where',
    title: 'Where',
    width: '190px',
    cell: (script) => (
      <>
        <span className={styles.cell} title={script.resource?.id}>
          {placeOf(script)}
        </span>
        {script.resource && <span className={styles.minor}>{ENGINES[script.engine].title}</span>}
      </>
    ),
  };
  const owner: Column<ScriptHead> = {
    key: 'owner',
    title: 'Owner',
    width: '130px',
    cell: ({ owner: { id, name }, shared }) => (
      <>
        <span className={styles.cell} title={name}>
          {id === self ? 'you' : name}
        </span>
        <span className={styles.minor}>{shared ? 'shared' : 'private'}</span>
      </>
    ),
  };
  const changed: Column<ScriptHead> = {
    key: 'changed',
    title: 'Changed',
    width: '150px',
    cell: ({ changed: { at, by }, version }) => (
      <>
        <time className={styles.cell} dateTime={at} title={zonedTime(at)}>
          {relativeTime(at, new Date())}
        </time>
        <span className={styles.minor}>
          by {by.id === self ? 'you' : by.name}, v{version}
        </span>
      </>
    ),
  };
  return (width) => ({
    rowHeight: 44,
    columns: [
      what,
      ...(width >= 760 ? [where] : []),
      ...(width >= 380 ? [owner] : []),
      ...(width >= 560 ? [changed] : []),
    ],
  });
}
