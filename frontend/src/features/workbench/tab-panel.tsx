import { useCallback } from 'react';
import { useStore } from '../../app/store.ts';
import { ContextBar } from './context-bar.tsx';
import { useDesk } from './desk.ts';
import { PlainTab } from './plain-tab.tsx';
import styles from './tabs.module.css';
import { changeTab, type Tab } from './tabs.ts';

/** One tab: where it runs, and the editor with its results. It stays mounted while another is in front, and runs on. */
export function TabPanel({ tab, active }: { tab: Tab; active: boolean }) {
  const desk = useDesk();
  const connections = useStore(desk.book.connections);
  const connection = connections.find(({ key }) => key === tab.connectionKey);
  const { id } = tab;
  const onText = useCallback((text: string) => desk.tabs.set((state) => changeTab(state, id, { text })), [desk, id]);
  return (
    <div
      role="tabpanel"
      id={`panel-${id}`}
      aria-labelledby={`tab-${id}`}
      hidden={!active}
      data-tab-panel=""
      className={styles.panel}
    >
      <ContextBar tabId={id} connection={connection} />
      <div className={styles.query}>
        <PlainTab text={tab.text} onText={onText} />
      </div>
    </div>
  );
}
