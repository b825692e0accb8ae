import { useEffect, useState } from 'react';
import { openFileSink } from '../../app/file-sink.ts';
import { createStore, useStore } from '../../app/store.ts';
import { exactTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceList } from '../../components/choice-list.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { sizeText } from '../details/size-text.ts';
import styles from '../pages/list.module.css';
import { count } from '../query/wording.ts';
import { type AuditFilter, toSearch } from './audit-filter.ts';
import { ENTRY_FORMATS, type EntryFormatName } from './entry-files.ts';
import dialogStyles from './export-dialog.module.css';
import { type Exporting, type ExportState, exportTrail } from './export-trail.ts';

const FORMATS = (Object.keys(ENTRY_FORMATS) as EntryFormatName[]).map((value) => {
  const { title, says } = ENTRY_FORMATS[value];
  return { value, label: title, says };
});

const NOTHING = createStore<ExportState | undefined>(undefined);

/** Takes everything that fits along as a file: which kind, how far it is, and the way to stop it. */
export function ExportDialog({ filter, onClose }: { readonly filter: AuditFilter; onClose(): void }) {
  const [format, setFormat] = useState<EntryFormatName>('csv');
  const [running, setRunning] = useState<Exporting>();
  const state = useStore<ExportState | undefined>(running?.state ?? NOTHING);
  const busy = state?.phase === 'running';
  // Nobody waits for a file whose progress cannot be seen.
  useEffect(() => () => running?.cancel(), [running]);

  async function begin() {
    const { ending, type } = ENTRY_FORMATS[format];
    const now = new Date();
    const day = now.toISOString().slice(0, 10);
    const sink = await openFileSink(`lodge-audit-${day}.${ending}`, type);
    if (sink) setRunning(exportTrail(toSearch(filter, now), ENTRY_FORMATS[format], sink));
  }
  return (
    <Dialog title="Export the record" size={520} onClose={onClose}>
      <div className={dialogStyles.export}>
        <p>
          {Object.keys(filter).length > 0
            ? 'Everything that fits the search, also what the page has not read yet.'
            : 'The whole record, also what the page has not read yet. It can be narrowed by a search first.'}{' '}
          That it was exported is recorded too.
        </p>
        {!busy && (
          <ChoiceList<EntryFormatName>
            label="As"
            value={format}
            options={FORMATS}
            onValue={(value) => setFormat(value)}
          />
        )}
        {state && <Progress state={state} />}
        <div className={styles.buttons}>
          {busy ? (
            <Button icon="stop" onClick={() => running?.cancel()}>
              Cancel the export
            </Button>
          ) : (
            <>
              <Button look="primary" icon="download" onClick={() => void begin()}>
                {state ? 'Export again' : 'Export'}
              </Button>
              <Button onClick={onClose}>Close</Button>
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Progress({ state: { phase, entries, bytes, back, failure } }: { readonly state: ExportState }) {
  if (phase === 'failed')
    return (
      <>
        <ErrorNotice error={failure} />
        <p>Nothing was kept of the file.</p>
      </>
    );
  const written = `${count(entries, 'entry', 'entries')}, ${sizeText(bytes)}`;
  const says = {
    running: `${written} so far.${back ? ` Looked back to ${exactTime(back)}.` : ''}`,
    done: `Done: ${written}.`,
    cancelled: 'Cancelled. Nothing was kept of the file.',
  }[phase];
  return (
    <div className={dialogStyles.progress}>
      {phase === 'running' && <progress aria-label="Export" />}
      <p role="status">{says}</p>
    </div>
  );
}
