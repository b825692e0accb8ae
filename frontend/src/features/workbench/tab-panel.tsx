import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { ENGINES, LOGIN_METHODS } from '#contract/engines.ts';
import { call } from '../../api.ts';
import { useStore } from '../../app/store.ts';
import type { AskPlans } from '../query/plan-watch.ts';
import { QueryTab } from '../query/query-tab.tsx';
import { WIDEST } from '../query/run-options.ts';
import { askValues } from '../scripts/ask-values.ts';
import { ScriptBar } from '../scripts/script-bar.tsx';
import type { LiveConnection } from './connections.ts';
import { ContextBar } from './context-bar.tsx';
import { type Desk, type RunStatus, useDesk } from './desk.ts';
import { type Built, setRun, tabToken } from './desk-actions.ts';
import styles from './tabs.module.css';
import { changeTab, type Tab } from './tabs.ts';

/** Until a tab has a connection, its editor speaks the first engine that is ready. */
const FIRST_ENGINE = Object.values(ENGINES).find(({ ready }) => ready) ?? ENGINES.postgres;

/** One tab: where it runs, and the editor with its results. It stays mounted while another is in front, and runs on. */
export function TabPanel({ tab, active }: { tab: Tab; active: boolean }) {
  const desk = useDesk();
  const connections = useStore(desk.book.connections);
  const connection = connections.find(({ key }) => key === tab.connectionKey);
  const engineName = connection?.engine ?? tab.wanted?.engine ?? tab.script?.engine;
  const engine = engineName ? ENGINES[engineName] : FIRST_ENGINE;
  const bounds = useStore(desk.session, ({ limits = WIDEST }) => limits);
  const { id } = tab;
  const onText = useCallback((text: string) => desk.tabs.set((state) => changeTab(state, id, { text })), [desk, id]);
  const connect = useCallback((options?: { fresh?: boolean }) => tabToken(desk, id, options), [desk, id]);
  const onStatus = useCallback((status: RunStatus | undefined) => setRun(desk, id, status), [desk, id]);
  const takeOpening = useCallback(() => desk.opening.delete(id), [desk, id]);
  const ask = useCallback((text: string) => askValues(desk, id, text), [desk, id]);
  const names = useNames(connection);
  const plan = useMemo(
    () => (connection && canPlan(connection) ? plansAt(desk, connection.key) : undefined),
    [desk, connection],
  );
  const building = useStore(desk.building) === id;
  const build = useMemo(
    () =>
      connection && engine.builder
        ? (statement: string | undefined) => desk.ask<Built>({ kind: 'build', connection, statement })
        : undefined,
    [desk, connection, engine],
  );
  return (
    <div
      role="tabpanel"
      id={`panel-${id}`}
      aria-labelledby={`tab-${id}`}
      hidden={!active}
      data-tab-panel=""
      className={styles.panel}
    >
      <ContextBar tabId={id} connection={connection} wanted={tab.wanted}>
        <ScriptBar tab={tab} />
      </ContextBar>
      <div className={styles.query}>
        <QueryTab
          tabId={id}
          text={tab.text}
          onText={onText}
          engine={engine}
          bounds={bounds}
          connection={connection}
          connect={connect}
          takeOpening={takeOpening}
          askValues={ask}
          plan={plan}
          build={build}
          building={building}
          onBuild={(asked) => desk.building.set(asked ? id : undefined)}
          names={names}
          onStatus={onStatus}
        />
      </div>
    </div>
  );
}

/** Where connecting again would ask for a password, nothing is asked for a plan's sake. */
const canPlan = ({ engine, login, token }: LiveConnection): boolean =>
  ENGINES[engine].can.plan && (token !== undefined || !LOGIN_METHODS[login.method].asksPassword);

const plansAt =
  (desk: Desk, key: string): AskPlans =>
  (statement, maxRows, signal) =>
    desk.book.use(key, async (token) => {
      const { plans } = await call('plan', { body: { connection: token, statement, maxRows } }, signal);
      return plans;
    });

/** All names of a connection, for completion and the palette: read once, when the connection is there. */
function useNames(connection: LiveConnection | undefined) {
  const desk = useDesk();
  const { data } = useQuery({
    queryKey: ['names', connection?.key],
    enabled: connection?.token !== undefined && ENGINES[connection.engine].can.completion,
    queryFn: ({ signal }) =>
      desk.book.use(connection?.key ?? '', (token) => call('names', { body: { connection: token } }, signal)),
  });
  return data;
}
