import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Names, NodePath } from '#contract/objects.ts';
import { call } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import type { LiveConnection } from '../workbench/connections.ts';
import { useDesk } from '../workbench/desk.ts';
import type { Built } from '../workbench/desk-actions.ts';
import { type Draft, emptyDraft } from './draft.ts';
import styles from './key-query.module.css';
import { KeyQueryForm } from './key-query-form.tsx';
import { placesOf } from './keyed.ts';
import { readDraft, readRequest } from './read-statement.ts';

interface KeyQueryDialogProps {
  readonly connection: LiveConnection;
  /** The table or index to begin with, where one is known. */
  readonly path: NodePath | undefined;
  /** The statement under the cursor: the form begins with it, if it can show it. */
  readonly statement: string | undefined;
  onBuilt(built: Built): void;
  onClose(): void;
}

/** Loads what the form is drawn from: the tables, and the keys of the one that is chosen. */
export function KeyQueryDialog({ connection, path, statement, onBuilt, onClose }: KeyQueryDialogProps) {
  const desk = useDesk();
  const request = useMemo(() => (statement === undefined ? undefined : readRequest(statement)), [statement]);
  const [draft, setDraft] = useState<Draft>();
  const names = useQuery({
    queryKey: ['names', connection.key],
    queryFn: ({ signal }) =>
      desk.book.use(connection.key, (token) => call('names', { body: { connection: token } }, signal)),
  });
  const tables = tablesOf(names.data, draft?.table ?? request?.table ?? path?.[0]?.name);
  // A statement of PartiQL is not read back, but it names a table.
  const named = tables.find((name) => statement?.includes(`"${name}"`));
  const table = draft?.table ?? request?.table ?? path?.[0]?.name ?? named ?? tables[0];
  const place: NodePath = [{ kind: 'table', name: table ?? '' }];
  const described = useQuery({
    queryKey: ['describe', connection.key, place],
    enabled: table !== undefined,
    queryFn: ({ signal }) =>
      desk.book.use(connection.key, (token) => call('describe', { body: { connection: token, path: place } }, signal)),
  });
  const places = useMemo(() => (described.data ? placesOf(described.data) : []), [described.data]);
  const begun = useMemo(() => {
    const [first] = places;
    if (!first || table === undefined) return undefined;
    const at = request && (places.find(({ index }) => index === request.index) ?? first);
    const read = request && at ? readDraft(request, at) : undefined;
    return { draft: read ?? emptyDraft(table, path?.[1]?.name), replaces: read !== undefined };
  }, [places, request, table, path]);
  const error = described.error ?? (table === undefined ? names.error : undefined);
  const shown = draft ?? begun?.draft;
  return (
    <Dialog title="Query" size={760} onClose={onClose}>
      {error ? (
        <ErrorNotice error={error} actions={<Button onClick={() => void described.refetch()}>Try again</Button>} />
      ) : shown && places.length > 0 ? (
        <KeyQueryForm
          draft={shown}
          tables={tables}
          places={places}
          attributes={described.data?.columns.map(({ name }) => name) ?? []}
          plan={(text, maxRows, signal) =>
            desk.book.use(connection.key, async (token) => {
              const body = { connection: token, statement: text, maxRows };
              return (await call('plan', { body }, signal)).plans;
            })
          }
          onDraft={setDraft}
          onWritten={(text) => onBuilt({ statement: text, replaces: begun?.replaces ?? false, table: shown.table })}
          onClose={onClose}
        />
      ) : (
        <p className={styles.loading} role="status">
          {names.data && tables.length === 0 ? 'There are no tables here.' : 'Reading the keys…'}
        </p>
      )}
    </Dialog>
  );
}

/** All that are known, and the one that is meant. */
const tablesOf = (names: Names | undefined, meant: string | undefined): string[] =>
  [...new Set([...(meant === undefined ? [] : [meant]), ...(names?.tables.map(([, name]) => name) ?? [])])].sort();
