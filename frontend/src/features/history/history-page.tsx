import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AuditEntry } from '#contract/audit.ts';
import { useStore } from '../../app/store.ts';
import { Field } from '../../components/field.tsx';
import { SuggestField } from '../../components/suggest-field.tsx';
import { EntryPanel } from '../audit/entry-panel.tsx';
import { whatOf } from '../audit/entry-words.ts';
import { suggestResources } from '../audit/suggestions.ts';
import { openTrail, PAGE } from '../audit/trail.ts';
import { resourceName } from '../explorer/resource-name.ts';
import styles from '../pages/list.module.css';
import { PagedTable } from '../pages/paged-table.tsx';
import { useSettled } from '../pages/use-settled.ts';
import { useDesk } from '../workbench/desk.ts';
import { historyLayout } from './history-columns.tsx';
import { reopen } from './reopen.ts';

const keyOf = ({ id }: AuditEntry): string => id;

/** One's own statements, the newest first: to look at, and to go on with. */
export function HistoryPage() {
  const desk = useDesk();
  const [trail] = useState(() => openTrail('history'));
  const state = useStore(trail.list.state);
  const [text, setText] = useState('');
  const [resource, setResource] = useState<string>();
  const [current, setCurrent] = useState<string>();
  const [open, setOpen] = useState(false);
  const table = useRef<HTMLDivElement>(null);
  const settled = useSettled(text.trim());
  useEffect(
    () => trail.search({ limit: PAGE, ...(settled && { text: settled }), ...(resource && { resourceId: resource }) }),
    [trail, settled, resource],
  );
  useEffect(() => () => trail.list.stop(), [trail]);
  const findResources = useCallback((typed: string) => suggestResources(desk, typed), [desk]);
  const onReopen = useCallback((entry: AuditEntry) => reopen(desk, entry), [desk]);
  const actions = useMemo(
    () => (entry: AuditEntry) => [
      { label: 'Open in a tab', perform: () => onReopen(entry) },
      {
        label: 'Show its details',
        perform: () => {
          setCurrent(entry.id);
          setOpen(true);
        },
      },
      {
        label: 'Copy the statement',
        perform: () => void navigator.clipboard.writeText(entry.statement ?? '').catch(() => undefined),
      },
    ],
    [onReopen],
  );
  const shown = open ? state.rows.find(({ id }) => id === current) : undefined;
  return (
    <>
      <div className={styles.filters}>
        <div className={styles.text}>
          <Field
            label="Search"
            type="search"
            maxLength={200}
            placeholder="A part of the statement"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
        <SuggestField
          label="Resource"
          placeholder="Any"
          chosen={resource && resourceName(resource)}
          find={findResources}
          onChoose={(chosen) => setResource(chosen?.value)}
        />
      </div>
      <PagedTable
        one="statement"
        many="statements"
        list={trail.list}
        state={state}
        table={table}
        label="My statements"
        layout={historyLayout}
        keyOf={keyOf}
        nameOf={whatOf}
        current={current}
        onCurrent={setCurrent}
        onOpen={onReopen}
        actions={actions}
        empty={<Empty narrowed={settled !== '' || resource !== undefined} />}
      >
        {shown && (
          <EntryPanel
            entry={shown}
            onReopen={onReopen}
            onClose={() => {
              setOpen(false);
              table.current?.focus();
            }}
          />
        )}
      </PagedTable>
    </>
  );
}

const Empty = ({ narrowed }: { readonly narrowed: boolean }) =>
  narrowed ? (
    <>
      <strong>No statement of yours fits.</strong>
      <span>Look for less, or clear the search.</span>
    </>
  ) : (
    <>
      <strong>You have run nothing yet.</strong>
      <span>What you run in the workbench stands here from then on. Enter opens it in a tab again.</span>
    </>
  );
