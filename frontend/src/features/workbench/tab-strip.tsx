import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { useStore } from '../../app/store.ts';
import { commandOf, run } from '../../commands/commands.ts';
import { isMac, keyText } from '../../commands/keys.ts';
import { IconButton } from '../../components/button.tsx';
import { environmentOf } from '../explorer/environment.ts';
import { useDesk } from './desk.ts';
import { closeTabOf } from './desk-actions.ts';
import { TabTitle } from './tab-title.tsx';
import styles from './tabs.module.css';
import { activateTab, moveTab, stepTab, type Tab } from './tabs.ts';

/** All tabs, side by side; arrows go from one to the next (WAI-ARIA tabs), dragging and Alt+Shift+Page move them. */
export function TabStrip() {
  const desk = useDesk();
  const { tabs, active } = useStore(desk.tabs);
  const strip = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another tab is in front, it is brought into sight
  useEffect(() => {
    strip.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);

  const focusActive = () =>
    requestAnimationFrame(() => strip.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'tab') return;
    if (event.key === 'Delete' && active) {
      closeTabOf(desk, active);
      focusActive();
      return;
    }
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
    if (!by || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    desk.tabs.set((state) => stepTab(state, by));
    focusActive();
  }
  const newTab = commandOf('tab.new');
  return (
    <div className={styles.bar}>
      <div ref={strip} role="tablist" aria-label="Tabs" className={styles.strip} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <TabView key={tab.id} tab={tab} active={tab.id === active} />
        ))}
      </div>
      <IconButton
        icon="plus"
        label={newTab.label}
        keys={keyText(newTab.keys ?? '', isMac())}
        onClick={() => run(newTab, desk)}
      />
    </div>
  );
}

function TabView({ tab, active }: { tab: Tab; active: boolean }) {
  const desk = useDesk();
  const running = useStore(desk.runs, (runs) => runs.get(tab.id)?.running ?? false);
  const connections = useStore(desk.book.connections);
  const connection = connections.find(({ key }) => key === tab.connectionKey);
  const environment = connection && environmentOf(connection.resource.tags);
  const close = (event: MouseEvent) => {
    event.stopPropagation();
    closeTabOf(desk, tab.id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is the mouse's way; the keyboard moves tabs by commands
    <div
      className={styles.tab}
      data-active={active || undefined}
      data-environment={environment?.colour}
      draggable
      onDragStart={(event) => event.dataTransfer.setData('application/x-lodge-tab', tab.id)}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('application/x-lodge-tab')) event.preventDefault();
      }}
      onDrop={(event) => {
        const moved = event.dataTransfer.getData('application/x-lodge-tab');
        desk.tabs.set((state) => {
          const at = (id: string) => state.tabs.findIndex((one) => one.id === id);
          return moveTab(state, moved, at(tab.id) - at(moved));
        });
      }}
      onAuxClick={(event) => event.button === 1 && close(event)}
    >
      <TabTitle
        tab={tab}
        active={active}
        running={running}
        place={connection ? `${connection.resource.name}, ${connection.database}` : 'no connection yet'}
        onActivate={() => desk.tabs.set((state) => activateTab(state, tab.id))}
      />
      {/* For the mouse: a list of tabs may hold tabs only, and the keyboard has Delete and Alt+W. */}
      <IconButton
        icon="close"
        label={`Close ${tab.title}`}
        aria-hidden="true"
        tabIndex={-1}
        className={styles.close}
        onClick={close}
      />
    </div>
  );
}
