import { useDeferredValue, useMemo } from 'react';
import type { Resource } from '#contract/resources.ts';
import { useStore } from '../../app/store.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ErrorNotice, Notice } from '../../components/notice.tsx';
import { useDesk } from '../workbench/desk.ts';
import { addAccount } from '../workbench/desk-actions.ts';
import { DiscoveryProgress } from './discovery-progress.tsx';
import styles from './explorer.module.css';
import { Facets } from './facets.tsx';
import { Gaps } from './gaps.tsx';
import { parseFilter } from './resource-filter.ts';
import type { Section } from './sections.ts';
import { Tree } from './tree.tsx';
import { treeRows } from './tree-rows.ts';

/** The left pane: what the accounts hold, found as the page is opened, and the objects below each connection. */
export function ExplorerPane() {
  const desk = useDesk();
  const { explorer } = desk;
  const discovery = useStore(explorer.discovery);
  const sections = useStore(explorer.sections);
  const all = useMemo(() => everything(discovery.resources, sections), [discovery.resources, sections]);
  const isTurning = [discovery, ...sections.map((section) => section.discovery)].some(
    ({ state }) => state === 'running',
  );
  return (
    <div className={styles.pane}>
      <div className={styles.head}>
        <h2>Resources</h2>
        <div>
          <IconButton icon="account" label="Add an account by a role" onClick={() => void addAccount(desk)} />
          <IconButton
            icon="refresh"
            label="Look for resources again"
            data-turning={isTurning || undefined}
            onClick={() => void explorer.discover()}
          />
        </div>
      </div>
      <FilterBox resources={all} />
      <DiscoveryProgress discovery={discovery} />
      <ExplorerTree />
      <Gaps discovery={discovery} onRetry={(regions) => void explorer.discover(regions)} />
    </div>
  );
}

/** The same list for the same findings: it is put in order and counted once. */
const everything = (own: readonly Resource[], sections: readonly Section[]): readonly Resource[] =>
  sections.length === 0 ? own : [...own, ...sections.flatMap(({ discovery }) => discovery.resources)];

function FilterBox({ resources }: { resources: readonly Resource[] }) {
  const { explorer } = useDesk();
  const filter = useStore(explorer.tree, (tree) => tree.filter);
  const clear = () => explorer.change({ filter: '' });
  return (
    <div className={styles.filter}>
      <Icon name="filter" size={14} />
      <input
        id="explorer-filter"
        type="search"
        aria-label="Filter resources and objects"
        title="Words, and terms such as service:aurora, region:eu-central-1, tag:team=store"
        placeholder="Filter"
        spellCheck={false}
        autoComplete="off"
        value={filter}
        data-pane-focus="explorer"
        onChange={({ target }) => explorer.change({ filter: target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && filter) clear();
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          document.getElementById('explorer-tree')?.focus();
        }}
      />
      <IconButton
        icon="close"
        label="Clear the filter"
        data-idle={filter === '' || undefined}
        onClick={() => {
          clear();
          document.getElementById('explorer-filter')?.focus();
        }}
      />
      <Facets resources={resources} />
    </div>
  );
}

function ExplorerTree() {
  const { explorer, book } = useDesk();
  const { resources, state, error } = useStore(explorer.discovery);
  const sections = useStore(explorer.sections);
  const connections = useStore(book.connections);
  const tree = useStore(explorer.tree);
  // A filter over a hundred thousand names may lag behind the typing, never hold it up; nor may a list that still grows.
  const text = useDeferredValue(tree.filter);
  const found = useDeferredValue(resources);
  const others = useDeferredValue(sections);
  const { levels, toggled, levelFilters } = tree;
  const rows = useMemo(
    () =>
      treeRows({
        resources: found,
        sections: others,
        connections,
        levels,
        toggled,
        filter: parseFilter(text),
        levelFilters,
      }),
    [found, others, connections, levels, toggled, text, levelFilters],
  );
  const retry = (
    <Button size="small" onClick={() => void explorer.discover()}>
      Look again
    </Button>
  );
  return (
    <>
      {(state === 'failed' || state === 'cut') && (
        <div className={styles.trouble}>
          {state === 'failed' ? (
            <ErrorNotice error={error} actions={retry} />
          ) : (
            <Notice tone="warning" title="The list was cut off before its end." actions={retry} live>
              <p>What had arrived is shown.</p>
            </Notice>
          )}
        </div>
      )}
      {rows.length > 0 && <Tree rows={rows} />}
      {rows.length === 0 && text && (
        <div className={styles.empty}>
          <p>Nothing here is “{text}”.</p>
          <Button size="small" onClick={() => explorer.change({ filter: '' })}>
            Clear the filter
          </Button>
        </div>
      )}
      {rows.length === 0 && !text && state === 'complete' && (
        <div className={styles.empty}>
          <p>Your keys see no databases in these regions.</p>
          <p>Look below for what could not be listed, or ask an administrator to add a region.</p>
        </div>
      )}
    </>
  );
}
