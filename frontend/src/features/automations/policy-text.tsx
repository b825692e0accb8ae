import { useId } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import styles from './automations.module.css';

interface PolicyTextProps {
  readonly title: string;
  readonly json: string;
  /** What the button says that copies it. */
  readonly label: string;
}

/** A policy to paste, as IAM takes it. */
export function PolicyText({ title, json, label }: PolicyTextProps) {
  const id = useId();
  return (
    <div className={styles.policy}>
      <div>
        <h4 id={id}>{title}</h4>
        <CopyButton text={json} label={label} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must for the keyboard too (WCAG 2.1.1) */}
      <section tabIndex={0} aria-labelledby={id}>
        <pre>{json}</pre>
      </section>
    </div>
  );
}
