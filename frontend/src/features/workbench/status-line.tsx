import { useEffect, useState } from 'react';
import { ROLES } from '#contract/roles.ts';
import { useStore } from '../../app/store.ts';
import { useDesk } from './desk.ts';
import { renewSession, toast } from './desk-actions.ts';
import { sessionClock } from './session-clock.ts';
import styles from './workbench.module.css';

/** Who, in which role, in which account, for how long; and what runs in the tab in front. */
export function StatusLine() {
  const desk = useDesk();
  const { user, account, role } = useStore(desk.session);
  return (
    <footer className={styles.status}>
      <span className={styles.who} title={user.arn}>
        {user.name}
      </span>
      {role && <span title={ROLES[role].may}>{ROLES[role].title}</span>}
      <span title={`Account ${account.id}`}>{account.alias ?? account.id}</span>
      <span className={styles.fill} />
      <RunStatusView />
      <SessionTime />
    </footer>
  );
}

function RunStatusView() {
  const desk = useDesk();
  const { active } = useStore(desk.tabs);
  const runs = useStore(desk.runs);
  const run = active === undefined ? undefined : runs.get(active);
  const others = [...runs].filter(([tab, { running }]) => running && tab !== active).length;
  return (
    <>
      {others > 0 && <span>{others === 1 ? '1 other tab runs' : `${others} other tabs run`}</span>}
      {run && (
        <span className={styles.run} data-running={run.running || undefined}>
          {run.rows.toLocaleString('en')} {run.rows === 1 ? 'row' : 'rows'} · {seconds(run.elapsedMs)}
        </span>
      )}
    </>
  );
}

const seconds = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** Looks at the clock every ten seconds: minutes are shown, and a warning may be ten seconds late. */
function SessionTime() {
  const desk = useDesk();
  const { expiresAt } = useStore(desk.session);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const { state, text } = sessionClock(expiresAt, now);
  const renew = () => void renewSession(desk, state === 'ended' ? 'ended' : 'renew').catch(() => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once for each session, when its state changes
  useEffect(() => {
    if (state !== 'ending') return;
    const action = { label: 'Renew', perform: renew };
    toast(desk, { text: 'Your session ends in 5 minutes. Your tabs and texts stay.', tone: 'warning', action });
  }, [state, desk]);
  if (state === 'fine') return <span title={`Your session ends at ${clockTime(expiresAt)}`}>{text}</span>;
  return (
    <button type="button" className={styles.ending} data-state={state} onClick={renew}>
      {text} · {state === 'ended' ? 'Sign in' : 'Renew'}
    </button>
  );
}

const clockTime = (iso: string): string => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
