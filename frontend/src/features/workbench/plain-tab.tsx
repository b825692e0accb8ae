import styles from './tabs.module.css';

/** The text of a tab, to read and to write. */
export function PlainTab({ text, onText }: { text: string; onText(text: string): void }) {
  return (
    <textarea
      className={styles.plain}
      aria-label="Statement"
      spellCheck={false}
      value={text}
      onChange={({ target }) => onText(target.value)}
    />
  );
}
