import { useDeferredValue, useMemo, useRef } from 'react';
import { useStore } from '../../app/store.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ErrorNotice, Notice } from '../../components/notice.tsx';
import { useDesk } from '../workbench/desk.ts';
import { DiscoveryProgress } from './discovery-progress.tsx';
import styles from './explorer.module.css';
import { Gaps } from './gaps.tsx';
import { Tree } from './tree.tsx';
import { treeRows } from './tree-rows.ts';

/** The left pane: what the account holds, found as the page is opened, and the objects below each connection. */
export function ExplorerPane() {
  const { explorer } = useDesk();
  const discovery = useStore(explorer.discovery);
  const filter = useStore(explorer.tree, (tree) => tree.filter);
  const box = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.pane}>
      <div className={styles.head}>
        <h2>Resources</h2>
        <IconButton
          icon="refresh"
          label="Look for resources again"
          data-turning={discovery.state === 'running' || undefined}
          onClick={() => void explorer.discover()}
        />
      </div>
      <div className={styles.filter}>
        <Icon name="filter" size={14} />
        <input
          ref={box}
          type="search"
          aria-label="Filter resources and objects"
          placeholder="Filter"
          value={filter}
          data-pane-focus="explorer"
          onChange={({ target }) => explorer.change({ filter: target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter) explorer.change({ filter: '' });
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            document.getElementById('explorer-tree')?.focus();
          }}
        />
      </div>
      <DiscoveryProgress discovery={discovery} />
      <ExplorerTree />
      <Gaps />
    </div>
  );
}

function ExplorerTree() {
  const { explorer, book } = useDesk();
  const { resources, state, error } = useStore(explorer.discovery);
  const connections = useStore(book.connections);
  const tree = useStore(explorer.tree);
  // A filter over a hundred thousand names may lag behind the typing, never hold it up.
  const filter = useDeferredValue(tree.filter);
  const { levels, toggled, levelFilters } = tree;
  const rows = useMemo(
    () => treeRows({ resources, connections, levels, toggled, filter, levelFilters }),
    [resources, connections, levels, toggled, filter, levelFilters],
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
      {rows.length === 0 && filter && (
        <div className={styles.empty}>
          <p>Nothing here is called “{filter}”.</p>
          <Button size="small" onClick={() => explorer.change({ filter: '' })}>
            Clear the filter
          </Button>
        </div>
      )}
      {rows.length === 0 && !filter && state === 'complete' && (
        <div className={styles.empty}>
          <p>Your keys see no databases in these regions.</p>
          <p>Look below for what could not be listed, or ask an administrator to add a region.</p>
        </div>
      )}
    </>
  );
}
