import { useMemo, useState } from 'react';
import { useStore } from '../../app/store.ts';
import { renameTab } from '../scripts/rename-tab.ts';
import { isUnsaved } from '../scripts/tab-script.ts';
import { useDesk } from './desk.ts';
import styles from './tabs.module.css';
import { changeTab, type Tab } from './tabs.ts';

interface TabTitleProps {
  readonly tab: Tab;
  readonly active: boolean;
  readonly running: boolean;
  /** Where it runs, in words. */
  readonly place: string;
  onActivate(): void;
}

/** The title of a tab; a double click or F2 turns it into a field. */
export function TabTitle({ tab, active, running, place, onActivate }: TabTitleProps) {
  const desk = useDesk();
  const renaming = useStore(desk.renaming, (id) => id === tab.id);
  const unsaved = useMemo(() => isUnsaved(tab), [tab]);
  if (renaming) return <TitleField tab={tab} />;
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${tab.id}`}
      aria-selected={active}
      aria-controls={active ? `panel-${tab.id}` : undefined}
      tabIndex={active ? 0 : -1}
      className={styles.title}
      title={`${tab.title} (${place})`}
      onMouseDown={(event) => event.button === 0 && onActivate()}
      onClick={onActivate}
      onDoubleClick={() => renameTab(desk, tab.id)}
    >
      <span>{tab.title}</span>
      {unsaved && <i className={styles.unsaved} title="not saved" />}
      {unsaved && <span className="visually-hidden">not saved</span>}
      {running && <i className={styles.running} title="running" />}
      {running && <span className="visually-hidden">running</span>}
    </button>
  );
}

function TitleField({ tab }: { tab: Tab }) {
  const desk = useDesk();
  const [title, setTitle] = useState(tab.title);
  const end = (kept: boolean) => {
    if (kept) desk.tabs.set((state) => changeTab(state, tab.id, { title }));
    desk.renaming.set(undefined);
    requestAnimationFrame(() => document.getElementById(`tab-${tab.id}`)?.focus());
  };
  return (
    <input
      className={styles.rename}
      aria-label="The title of the tab"
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to type here
      autoFocus
      maxLength={80}
      value={title}
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setTitle(target.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(true);
        if (event.key === 'Escape') end(false);
        event.stopPropagation();
      }}
    />
  );
}
