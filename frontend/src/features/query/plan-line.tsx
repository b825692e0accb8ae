import { useEffect, useState } from 'react';
import type { StatementPlan } from '#contract/plans.ts';
import { type Store, useStore } from '../../app/store.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { type Charges, chargesText, NO_CHARGES } from './meter.ts';
import styles from './plan.module.css';
import type { AskPlans } from './plan-watch.ts';
import { PlanWatch } from './plan-watch.ts';

const WAYS: Readonly<Record<StatementPlan['way'], { icon: IconName; tone: 'calm' | 'warning' }>> = {
  key: { icon: 'key', tone: 'calm' },
  index: { icon: 'key', tone: 'calm' },
  scan: { icon: 'alert', tone: 'warning' },
  write: { icon: 'arrowRight', tone: 'calm' },
  unsure: { icon: 'alert', tone: 'warning' },
};

/** What a statement will read, in a sentence. */
export function PlanText({ watch }: { watch: PlanWatch }) {
  const plan = useStore(watch.plan);
  const { icon, tone } = plan?.refusal ? ({ icon: 'lock', tone: 'danger' } as const) : WAYS[plan?.way ?? 'key'];
  const text = plan?.refusal ?? plan?.message;
  return (
    <span className={styles.text} role="status" aria-label="What the statement will read" data-tone={tone} title={text}>
      {plan && (
        <>
          <Icon name={icon} size={13} />
          <span>{text}</span>
        </>
      )}
    </span>
  );
}

/** Below the editor: what the statement under the cursor will read, and what the tab was charged. Its place is always there. */
export function PlanLine({ watch, charges }: { watch: PlanWatch; charges: Store<Charges> }) {
  return (
    <div className={styles.line}>
      <PlanText watch={watch} />
      <Meter charges={charges} />
    </div>
  );
}

function Meter({ charges }: { charges: Store<Charges> }) {
  const now = useStore(charges);
  const text = chargesText(now);
  if (text === undefined) return null;
  const indexes = Object.entries(now.indexes).map(([name, units]) => `${units.toLocaleString('en')} from ${name}`);
  return (
    <span className={styles.meter}>
      <span title="Capacity units that this tab’s statements have consumed since it was opened">
        {text}
        {indexes.length > 0 && <span className={styles.indexes}> ({indexes.join(', ')})</span>}
      </span>
      <IconButton icon="refresh" label="Count the capacity units anew" onClick={() => charges.set(NO_CHARGES)} />
    </span>
  );
}

/** One that asks as the component's newest `ask` does. */
export function usePlanWatch(ask: AskPlans | undefined): PlanWatch {
  const [held] = useState<{ ask: AskPlans | undefined }>(() => ({ ask }));
  held.ask = ask;
  const [watch] = useState(
    () => new PlanWatch((statement, maxRows, signal) => held.ask?.(statement, maxRows, signal) ?? Promise.resolve([])),
  );
  useEffect(() => () => watch.dispose(), [watch]);
  return watch;
}
