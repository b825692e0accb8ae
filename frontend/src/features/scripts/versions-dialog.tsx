import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PARAMETER_TYPES } from '#contract/parameters.ts';
import type { ScriptVersion } from '#contract/scripts.ts';
import { call } from '../../api.ts';
import { useStore } from '../../app/store.ts';
import { exactTime, relativeTime, zonedTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { StatementText } from '../audit/statement-text.tsx';
import { useDesk } from '../workbench/desk.ts';
import { openText } from '../workbench/desk-actions.ts';
import styles from './scripts.module.css';
import { mayBeSaved } from './tab-script.ts';
import type { Chosen } from './versions.ts';

interface VersionsDialogProps {
  readonly id: string;
  onRestore(chosen: Chosen): void;
  onClose(): void;
}

const PAGE = 50;

/** Who saved what, and when; any version can be looked at, opened beside, and brought back. */
export function VersionsDialog({ id, onRestore, onClose }: VersionsDialogProps) {
  const desk = useDesk();
  const session = useStore(desk.session);
  const fresh = { gcTime: 0, staleTime: 0 } as const;
  const script = useQuery({
    queryKey: ['script', id],
    queryFn: ({ signal }) => call('script', { body: { id } }, signal),
    ...fresh,
  });
  const versions = useInfiniteQuery({
    queryKey: ['script-versions', id],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam: before, signal }) =>
      call('scriptVersions', { body: { id, limit: PAGE, ...(before && { before }) } }, signal),
    getNextPageParam: ({ next }) => next,
    ...fresh,
  });
  const [chosen, setChosen] = useState<number>();
  const all = versions.data?.pages.flatMap((page) => page.versions) ?? [];
  const shown = all.find(({ version }) => version === chosen) ?? all[0];
  const error = script.error ?? versions.error;
  const head = script.data;
  const mayRestore = head !== undefined && mayBeSaved(head, session);
  const beside = (version: ScriptVersion) => {
    onClose();
    openText(desk, {
      title: `${head?.name ?? 'Script'} (version ${version.version})`,
      text: version.text,
      parameters: version.parameters,
      ...(version.resource && {
        wanted: {
          resourceId: version.resource.id,
          engine: version.engine,
          ...(version.database && { database: version.database }),
        },
      }),
    });
    desk.place.go('/');
  };
  return (
    <Dialog title={head ? `Versions of “${head.name}”` : 'Versions'} size={860} onClose={onClose}>
      {error ? (
        <ErrorNotice error={error} />
      ) : !shown ? (
        <p role="status">Reading…</p>
      ) : (
        <div className={styles.versions}>
          <nav className={styles.versionList} aria-label="Versions">
            {all.map((version) => (
              <button
                key={version.version}
                type="button"
                aria-current={version === shown || undefined}
                data-autofocus={version === all[0] ? '' : undefined}
                onClick={() => setChosen(version.version)}
              >
                <span>
                  Version {version.version}
                  {version.version === head?.version && ', now'}
                </span>
                <small title={zonedTime(version.at)}>
                  {version.by.name}, {relativeTime(version.at, new Date())}
                </small>
              </button>
            ))}
            {versions.hasNextPage && (
              <Button
                look="quiet"
                size="small"
                busy={versions.isFetchingNextPage}
                onClick={() => void versions.fetchNextPage()}
              >
                Older versions
              </Button>
            )}
          </nav>
          <div className={styles.version}>
            <div className={styles.facts}>
              <span>
                Saved by {shown.by.name}, {exactTime(shown.at)}
              </span>
              {shown.resource && <span>{[shown.resource.name, shown.database].filter(Boolean).join(' › ')}</span>}
              {shown.parameters.map(({ name, type }) => (
                <span key={name}>
                  <code>:{name}</code> {PARAMETER_TYPES[type].title.toLowerCase()}
                </span>
              ))}
            </div>
            <StatementText text={shown.text} engine={shown.engine} />
            <div className={styles.buttons}>
              <Button onClick={() => beside(shown)}>Open beside</Button>
              {mayRestore && (
                <Button
                  look="primary"
                  disabled={shown.version === head.version}
                  onClick={() => onRestore({ script: head, version: shown })}
                >
                  Restore this version
                </Button>
              )}
            </div>
          </div>
        </div>
      )}
    </Dialog>
  );
}
