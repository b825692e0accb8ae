import { useState } from 'react';
import { useStore } from '../../app/store.ts';
import { Split } from '../../components/split.tsx';
import { DetailsPane } from '../details/details-pane.tsx';
import { ExplorerPane } from '../explorer/explorer-pane.tsx';
import { useDesk } from './desk.ts';
import { setLayout, showPane } from './desk-actions.ts';
import { fitPane, PANE } from './layout.ts';
import { Start } from './start.tsx';
import { TabPanel } from './tab-panel.tsx';
import { TabStrip } from './tab-strip.tsx';
import { usePanes } from './use-panes.ts';
import styles from './workbench.module.css';

/** Resources on the left, tabs in the middle, details on the right. */
export function Panes() {
  const desk = useDesk();
  const { left, right } = useStore(desk.layout);
  const shown = usePanes();
  return (
    <div className={styles.panes}>
      {shown.left && (
        <aside id="pane-explorer" className={styles.left} style={{ width: left }} aria-label="Resources">
          <ExplorerPane />
        </aside>
      )}
      <main className={styles.main} onPointerDown={() => desk.overlay.set(undefined)}>
        {shown.left && (
          <Split
            label="Width of the resources"
            controls="pane-explorer"
            side="left"
            value={left}
            {...PANE}
            onChange={(width) => setLayout(desk, { left: fitPane(width) })}
            onToggle={() => showPane(desk, 'left', false)}
          />
        )}
        <div className={styles.middle}>
          <Middle />
        </div>
        {shown.right && (
          <Split
            label="Width of the details"
            controls="pane-details"
            side="right"
            value={right}
            {...PANE}
            onChange={(width) => setLayout(desk, { right: fitPane(width) })}
            onToggle={() => showPane(desk, 'right', false)}
          />
        )}
      </main>
      {shown.right && (
        <aside id="pane-details" className={styles.right} style={{ width: right }} aria-label="Details">
          <DetailsPane />
        </aside>
      )}
    </div>
  );
}

/** A tab is mounted when it is first in front, and from then on stays: a statement goes on behind another tab. */
function Middle() {
  const desk = useDesk();
  const { tabs, active } = useStore(desk.tabs);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  if (active !== undefined && !seen.has(active)) setSeen(new Set(seen).add(active));
  if (tabs.length === 0) return <Start />;
  return (
    <>
      <TabStrip />
      {tabs
        .filter(({ id }) => seen.has(id) || id === active)
        .map((tab) => (
          <TabPanel key={tab.id} tab={tab} active={tab.id === active} />
        ))}
    </>
  );
}
