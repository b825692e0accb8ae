import { useMemo } from 'react';
import { ENGINES, EngineName } from '#contract/engines.ts';
import { type StatementPart, statementParts } from './statement-parts.ts';
import styles from './statement-text.module.css';

interface StatementTextProps {
  readonly text: string;
  /** Of what was recorded: perhaps of one that this Lodge has no more. */
  readonly engine: string | undefined;
}

/** A statement to read: its words, strings, numbers and comments in the editor's colours, nothing to type in. */
export function StatementText({ text, engine }: StatementTextProps) {
  const known = EngineName.safeParse(engine);
  const isSql = !known.success || ENGINES[known.data].dialect !== 'mongo';
  const parts = useMemo(
    (): readonly StatementPart[] => (isSql ? statementParts(text) : [{ at: 0, text }]),
    [text, isSql],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <pre tabIndex={0}>
      <code>
        {parts.map(({ at, text: part, kind }) =>
          kind ? (
            <span key={at} className={styles[kind]}>
              {part}
            </span>
          ) : (
            part
          ),
        )}
      </code>
    </pre>
  );
}
