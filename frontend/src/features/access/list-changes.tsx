import styles from './access.module.css';
import { compareLists } from './access-form.ts';

interface ListChangesProps<T> {
  readonly was: readonly T[];
  readonly is: readonly T[];
  say(entry: T): string;
}

/** What has become of a list, a line for each entry that came or went. */
export function ListChanges<T>({ was, is, say }: ListChangesProps<T>) {
  const { added, removed, reordered } = compareLists(was, is);
  return (
    <ul className={styles.changes}>
      {added.map((entry) => (
        <li key={`+ ${say(entry)}`}>
          <span>added</span> {say(entry)}
        </li>
      ))}
      {removed.map((entry) => (
        <li key={`- ${say(entry)}`}>
          <span>removed</span> {say(entry)}
        </li>
      ))}
      {reordered && <li>in another order</li>}
    </ul>
  );
}
