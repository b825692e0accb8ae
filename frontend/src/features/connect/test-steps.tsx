import { useEffect, useRef } from 'react';
import { CONNECT_STEPS } from '#contract/connecting.ts';
import { problemOf } from '../../app/advice.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import styles from './connect.module.css';
import type { ConnectionTest, StepView } from './connection-test.ts';

const SAYS: Record<StepView['state'], string> = {
  waiting: 'not reached',
  running: 'under way…',
  passed: 'passed',
  failed: 'failed',
  skipped: 'not needed',
};

/** What each step is about, until it says so itself. */
const ABOUT: Record<StepView['step'], string> = {
  credentials: 'a token, a secret or a password at hand',
  name: 'the host has an address',
  route: 'packets find their way',
  port: 'something listens',
  tls: 'the certificate is trusted',
  login: 'the database lets you in',
};

/** The steps of a test as they pass; read aloud as they change. */
export function TestSteps({ test, onCancel }: { test: ConnectionTest; onCancel(): void }) {
  const { state } = test;
  const section = useRef<HTMLElement>(null);
  // On a low window the end of the form may be out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again with each change of the state
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, [state]);
  return (
    <section ref={section} className={styles.test} aria-label="Test of the connection">
      <ol className={styles.steps} aria-live="polite" aria-relevant="additions text">
        {test.steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </ol>
      {test.error && <ErrorNotice error={test.error} />}
      <div className={styles.verdict}>
        <span role="status" data-state={state}>
          {verdictOf(test)}
        </span>
        {state === 'running' && (
          <Button size="small" icon="stop" onClick={onCancel}>
            Stop the test
          </Button>
        )}
      </div>
    </section>
  );
}

function verdictOf({ state, steps, elapsedMs = 0 }: ConnectionTest): string {
  if (state === 'running') return 'Testing…';
  if (state === 'passed') return `All is well, in ${elapsedMs.toLocaleString('en')} ms.`;
  const failed = steps.find((step) => step.state === 'failed');
  return failed ? `It fails at: ${CONNECT_STEPS[failed.step]}.` : 'The test did not come to its end.';
}

function Step({ step: { step, state, elapsedMs, detail, error } }: { step: StepView }) {
  const problem = error && problemOf(error);
  return (
    <li data-state={state}>
      <i className={styles.mark} aria-hidden="true">
        {state === 'passed' && <Icon name="check" size={14} />}
        {state === 'failed' && <Icon name="close" size={14} />}
      </i>
      <strong>{CONNECT_STEPS[step]}</strong>
      <span className="visually-hidden"> {SAYS[state]} </span>
      <span className={styles.seen} title={detail}>
        {problem?.message ?? detail ?? ABOUT[step]}
      </span>
      <span className={styles.took}>{elapsedMs !== undefined && `${elapsedMs.toLocaleString('en')} ms`}</span>
      {problem && (problem.advice || problem.policy) && (
        <div className={styles.todo}>
          {problem.advice && <p>{problem.advice}</p>}
          {problem.policy && (
            <p>
              <code>{problem.policy.action}</code> on <code>{problem.policy.resource}</code>
              <CopyButton
                text={problem.policy.statement}
                label="Copy a policy statement that allows it"
                word="Copy the policy statement"
              />
            </p>
          )}
        </div>
      )}
    </li>
  );
}
