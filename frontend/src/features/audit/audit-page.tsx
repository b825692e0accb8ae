import { useCallback, useEffect, useRef, useState } from 'react';
import type { AuditEntry } from '#contract/audit.ts';
import { useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { reopen } from '../history/reopen.ts';
import styles from '../pages/list.module.css';
import { PagedTable } from '../pages/paged-table.tsx';
import { useDesk } from '../workbench/desk.ts';
import { auditLayout } from './audit-columns.tsx';
import { changeFilter, toSearch } from './audit-filter.ts';
import { AuditFilters } from './audit-filters.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { whatOf } from './entry-words.ts';
import { ExportDialog } from './export-dialog.tsx';
import { suggestResources } from './suggestions.ts';
import { openTrail, PAGE } from './trail.ts';
import { useFilter } from './use-filter.ts';

const keyOf = ({ id }: AuditEntry): string => id;

/** What was done on this instance: searched, looked at, and taken along as a file. */
export function AuditPage() {
  const desk = useDesk();
  const [filter, setFilter] = useFilter();
  const [trail] = useState(() => openTrail('audit'));
  const state = useStore(trail.list.state);
  const [current, setCurrent] = useState<string>();
  const [open, setOpen] = useState(false);
  const table = useRef<HTMLDivElement>(null);
  const [exporting, setExporting] = useState(false);
  const narrowed = Object.keys(filter).length > 0;
  const look = useCallback(() => trail.search({ ...toSearch(filter, new Date()), limit: PAGE }), [trail, filter]);
  useEffect(look, [look]);
  useEffect(() => () => trail.list.stop(), [trail]);
  const findResources = useCallback((text: string) => suggestResources(desk, text), [desk]);
  const shown = open ? state.rows.find(({ id }) => id === current) : undefined;
  return (
    <>
      <AuditFilters filter={filter} onFilter={setFilter} findResources={findResources} />
      <div className={styles.buttons}>
        <Button size="small" icon="refresh" onClick={look}>
          Look again
        </Button>
        <Button size="small" icon="download" onClick={() => setExporting(true)}>
          Export…
        </Button>
        <CopyButton label="Copy a link to this search" word="Copy link" text={() => location.href} />
        {narrowed && (
          <Button size="small" look="quiet" icon="close" onClick={() => setFilter({})}>
            Clear the search
          </Button>
        )}
      </div>
      <PagedTable
        one="entry"
        many="entries"
        list={trail.list}
        state={state}
        table={table}
        label="Record"
        layout={auditLayout}
        keyOf={keyOf}
        nameOf={whatOf}
        current={current}
        onCurrent={setCurrent}
        onOpen={() => setOpen(true)}
        opensByClick
        empty={<Empty narrowed={narrowed} />}
      >
        {shown && (
          <EntryPanel
            entry={shown}
            onReopen={(entry) => reopen(desk, entry)}
            onUser={({ id, name }) => setFilter(changeFilter(filter, { user: id, name }))}
            onResource={(resource) => setFilter(changeFilter(filter, { resource }))}
            onClose={() => {
              setOpen(false);
              table.current?.focus();
            }}
          />
        )}
      </PagedTable>
      {exporting && <ExportDialog filter={filter} onClose={() => setExporting(false)} />}
    </>
  );
}

const Empty = ({ narrowed }: { readonly narrowed: boolean }) =>
  narrowed ? (
    <>
      <strong>Nothing in the record fits.</strong>
      <span>Look further back, or for less.</span>
    </>
  ) : (
    <>
      <strong>Nothing was recorded yet.</strong>
      <span>Every sign-in, change, connection and statement stands here from now on.</span>
    </>
  );
