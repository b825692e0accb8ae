import styles from './middle-text.module.css';

interface MiddleTextProps {
  readonly text: string;
  /** What stands after the last of these is always shown; the part before it is cut where there is no room. */
  readonly keep?: ':' | '/';
}

/** A long name that is shortened in its middle, as it is laid out: whoever copies it, or rests on it, has it whole. */
export function MiddleText({ text, keep = ':' }: MiddleTextProps) {
  const at = text.lastIndexOf(keep) + 1;
  return (
    <span className={styles.middle} title={text}>
      <span>{text.slice(0, at)}</span>
      <span>{text.slice(at)}</span>
    </span>
  );
}
