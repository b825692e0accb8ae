import { useState } from 'react';
import { OUTPUT_FORMATS, type ResultPreview, type Run } from '#contract/automations.ts';
import { call } from '../../api.ts';
import { zonedTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice, Notice } from '../../components/notice.tsx';
import { Fact, Facts, SidePanel } from '../../components/side-panel.tsx';
import { count } from '../query/wording.ts';
import { useDesk } from '../workbench/desk.ts';
import { RunEnding } from './automation-columns.tsx';
import styles from './automations.module.css';
import { stopRun } from './deeds.ts';
import { partText, runRows, sizeOf, startedByText, tookText } from './run-words.ts';

interface RunPanelProps {
  readonly run: Run;
  readonly mayStop: boolean;
  onStopped(): void;
  onClose(): void;
}

/** Everything that is known of a run, its result, and the way to stop it. */
export function RunPanel({ run, mayStop, onStopped, onClose }: RunPanelProps) {
  const desk = useDesk();
  const { state, error, answer, execution, script } = run;
  return (
    <SidePanel title="Run" onClose={onClose}>
      {error && (
        <Notice
          tone="danger"
          title={error.message}
          actions={<CopyButton text={`${error.code}: ${error.message}`} label="Copy the error" word="Copy the error" />}
        />
      )}
      {mayStop && state === 'running' && (
        <div>
          <Button icon="stop" onClick={() => void stopRun(desk, run).then((told) => told && onStopped())}>
            Stop the run…
          </Button>
        </div>
      )}
      {answer?.key && <Result run={run} />}
      <Facts>
        <Fact name="State">
          <RunEnding state={state} />
        </Fact>
        <Fact name="Started">{zonedTime(run.startedAt)}</Fact>
        <Fact name="Planned for">{run.scheduledAt && zonedTime(run.scheduledAt)}</Fact>
        <Fact name="Started by">{startedByText(run)}</Fact>
        <Fact name="Took">{tookText(run, new Date())}</Fact>
        <Fact name="Rows">
          {runRows(run)}
          {answer?.truncated && ', and there were more: reading stopped at the limit'}
        </Fact>
        <Fact name="Size">{sizeOf(run)}</Fact>
        <Fact name="Capacity">
          {answer?.consumedCapacity?.map(({ kind, units }) => count(units, `${kind} unit`)).join(', ')}
        </Fact>
        <Fact name="Part">{partText(run)}</Fact>
        <Fact name="Attempt">{run.attempt}</Fact>
        <Fact name="Script">
          {script.name}, version {script.version}
        </Fact>
        <Fact name="Error">{error && <code>{error.code}</code>}</Fact>
        <Fact name="Resource">
          <code>{run.resourceId}</code>
        </Fact>
        <Fact name="Role">
          <code>{run.roleArn}</code>
        </Fact>
        <Fact name="Object">{answer?.key && <code>{`s3://${answer.bucket}/${answer.key}`}</code>}</Fact>
        <Fact name="Execution">
          {execution &&
            (execution.consoleUrl ? (
              <a href={execution.consoleUrl} target="_blank" rel="noopener noreferrer">
                {execution.name} in the AWS console
              </a>
            ) : (
              <code>{execution.name}</code>
            ))}
        </Fact>
      </Facts>
    </SidePanel>
  );
}

/** Read when it is asked for: the audit says who has looked at it. */
function Result({ run: { id, automationId, format } }: { readonly run: Run }) {
  const [preview, setPreview] = useState<ResultPreview>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function read() {
    setBusy(true);
    setFailure(undefined);
    const body = { runId: id, ...(automationId && { automationId }) };
    await call('result', { body }).then(setPreview, setFailure);
    setBusy(false);
  }
  return (
    <section className={styles.result} aria-label="Result">
      <div className={styles.tools}>
        <Button icon="eye" busy={busy} onClick={() => void read()}>
          {preview ? 'Read it again' : 'Show the first rows'}
        </Button>
        {preview && (
          <a href={preview.url} target="_blank" rel="noopener noreferrer">
            Download as {OUTPUT_FORMATS[format].title}
          </a>
        )}
      </div>
      {failure !== undefined && <ErrorNotice error={failure} />}
      {preview && (
        <>
          <p className={styles.note}>Read with your own keys. The link is good until {zonedTime(preview.expiresAt)}.</p>
          {preview.tooLarge && <p className={styles.note}>{tooLarge(preview)}</p>}
          <FirstRows preview={preview} />
        </>
      )}
    </section>
  );
}

const tooLarge = ({ rows }: ResultPreview): string =>
  rows.length > 0
    ? 'Not more than 256 KB are shown. The download has all of it.'
    : 'The first row is larger than 256 KB, too large to be shown here. The download has it.';

function FirstRows({ preview: { columns, rows } }: { readonly preview: ResultPreview }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <section className={styles.rows} tabIndex={0} aria-label="First rows">
      <table>
        <thead>
          <tr>
            {columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name, and their order stays
              <th key={at} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key, and their order stays
            <tr key={at}>
              {row.map((value, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={column} title={value ?? 'null'}>
                  {value ?? <i>null</i>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
