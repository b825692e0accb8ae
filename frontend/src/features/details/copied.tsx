import { CopyButton } from '../../components/copy-button.tsx';
import styles from './details.module.css';

interface CopiedProps {
  readonly title: string;
  readonly text: string;
  /** What it is, in a word or two beside the title. */
  readonly note?: string | undefined;
}

/** A name too long for a line of facts, to copy. */
export function Copied({ title, text, note }: CopiedProps) {
  return (
    <section className={styles.section}>
      <h4>{title}</h4> {note && <span className={styles.count}>{note}</span>}
      <div className={styles.copied}>
        <code>{text}</code>
        <CopyButton text={text} label={`Copy the ${title === 'ARN' ? title : title.toLowerCase()}`} />
      </div>
    </section>
  );
}
