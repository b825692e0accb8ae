import type { AuditEntry } from '#contract/audit.ts';
import { Icon } from '../../components/icon.tsx';
import styles from '../pages/list.module.css';
import { ENDINGS, endingOf } from './entry-words.ts';

/** How it ended: an icon and a word; where there is room for one only, the word is its title. */
export function Ending({ entry, short = false }: { readonly entry: AuditEntry; readonly short?: boolean }) {
  const { word, icon, tone } = ENDINGS[endingOf(entry, new Date())];
  return (
    <span className={styles.ending} data-tone={tone} title={entry.code ? `${word}: ${entry.code}` : word}>
      <Icon name={icon} size={14} />
      <span className={short ? 'visually-hidden' : styles.cell}>{word}</span>
    </span>
  );
}
