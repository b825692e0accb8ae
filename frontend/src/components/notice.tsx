import type { ReactNode } from 'react';
import { problemOf } from '../app/advice.ts';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icon.tsx';
import styles from './notice.module.css';

interface NoticeProps {
  readonly tone: 'danger' | 'warning' | 'calm';
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out as soon as it appears. */
  readonly live?: boolean;
}

/** A sentence that must be seen, and what to do about it. */
export function Notice({ tone, title, children, actions, live = false }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={live ? 'alert' : undefined}>
      <Icon name={tone === 'calm' ? 'check' : 'alert'} className={styles.icon} />
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}

/** An error as a clear sentence, what to do about it, and the request id that leads to its log line. */
export function ErrorNotice({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const problem = problemOf(error);
  return (
    <Notice tone="danger" title={problem.message} actions={actions} live>
      {problem.advice && <p>{problem.advice}</p>}
      {problem.policy && (
        <div className={styles.policy}>
          <code>{problem.policy.action}</code>
          {problem.policy.resource !== '*' && (
            <>
              {' on '}
              <code>{problem.policy.resource}</code>
            </>
          )}
          <CopyButton
            text={problem.policy.statement}
            label="Copy a policy statement that allows it"
            word="Copy the policy statement"
          />
        </div>
      )}
      {problem.requestId && (
        <p className={styles.request}>
          Request <code>{problem.requestId}</code>
        </p>
      )}
    </Notice>
  );
}
