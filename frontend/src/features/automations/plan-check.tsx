import { useState } from 'react';
import { CHECK_STEPS, type CheckStep } from '#contract/automations.ts';
import type { Policy } from '#contract/policies.ts';
import { ApiError, call } from '../../api.ts';
import { zonedTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { type AutomationForm, placeOf } from './automation-form.ts';
import styles from './automations.module.css';
import { stepError } from './step-error.ts';

interface PlanCheckProps {
  readonly form: AutomationForm;
  /** What the role should be allowed; undefined: not known. */
  readonly policy: Policy | undefined;
}

/** Tries the role, the resource and the login; nothing runs. */
export function PlanCheck({ form, policy }: PlanCheckProps) {
  const [seen, setSeen] = useState<{
    readonly of: string;
    readonly steps?: readonly CheckStep[];
    readonly failure?: unknown;
  }>();
  const [busy, setBusy] = useState(false);
  const asked = JSON.stringify(placeOf(form));
  async function check() {
    setBusy(true);
    const next = await call('checkAutomation', { body: placeOf(form) }).then(
      ({ steps }) => ({ of: asked, steps }),
      (failure: unknown) => ({ of: asked, failure }),
    );
    setSeen(next);
    setBusy(false);
  }
  // What was checked is no longer what stands there.
  const shown = seen?.of === asked ? seen : undefined;
  return (
    <div className={styles.result}>
      <div className={styles.tools}>
        <Button
          icon="plug"
          busy={busy}
          disabled={!form.resourceId || !form.roleArn.trim()}
          onClick={() => void check()}
        >
          Check
        </Button>
        <span className={styles.note} role="status">
          {verdict(busy, shown?.steps)}
        </span>
      </div>
      {shown?.failure !== undefined && <ErrorNotice error={shown.failure} />}
      {shown?.steps && (
        <ol className={styles.steps} aria-label="Steps of the check">
          {shown.steps.map((step) => (
            <Step key={step.step} step={step} policy={policy} />
          ))}
        </ol>
      )}
    </div>
  );
}

/** As the function writes it, in UTC. */
const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+Z/;

const SAYS = { passed: 'passed', failed: 'failed', skipped: 'not reached' } as const;
const ICONS = { passed: 'check', failed: 'close', skipped: 'more' } as const;

function verdict(busy: boolean, steps: readonly CheckStep[] | undefined): string {
  if (busy) return 'Checking…';
  if (!steps) return 'Tries the role, the resource and the login. Nothing runs.';
  return steps.every(({ state }) => state === 'passed') ? 'All is well.' : 'It would fail.';
}

function Step({ step, policy }: { readonly step: CheckStep; readonly policy: Policy | undefined }) {
  const { state, detail, error } = step;
  return (
    <li data-state={state}>
      <Icon name={ICONS[state]} size={14} />
      <span>
        {CHECK_STEPS[step.step]}
        <span className="visually-hidden">: {SAYS[state]}</span>
      </span>
      {detail && !error && <p>{detail.replace(MOMENT, (at) => zonedTime(at))}</p>}
      {error && (
        <div>
          <ErrorNotice error={new ApiError(stepError(error, policy))} />
        </div>
      )}
    </li>
  );
}
