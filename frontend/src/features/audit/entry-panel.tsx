import { AUDIT_KINDS, type AuditEntry } from '#contract/audit.ts';
import { relativeTime, zonedTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Fact, Facts, SidePanel } from '../../components/side-panel.tsx';
import { sizeText } from '../details/size-text.ts';
import styles from '../pages/list.module.css';
import { count, duration } from '../query/wording.ts';
import { Ending } from './ending.tsx';
import { StatementText } from './statement-text.tsx';

interface EntryPanelProps {
  readonly entry: AuditEntry;
  onClose(): void;
  /** Opens its statement in a tab. */
  onReopen(entry: AuditEntry): void;
  /** Looks for what else this user did, and what else was done at this resource. */
  onUser?(user: { readonly id: string; readonly name: string }): void;
  onResource?(id: string): void;
}

/** Everything that the record says about one deed. */
export function EntryPanel({ entry, onClose, onReopen, onUser, onResource }: EntryPanelProps) {
  const { user, resource, kind } = entry;
  return (
    <SidePanel title={AUDIT_KINDS[kind]} onClose={onClose}>
      {entry.statement !== undefined && (
        <div className={styles.statement}>
          <StatementText text={entry.statement} engine={resource?.engine} />
          {entry.statementLength && (
            <p>
              The first {count(entry.statement.length, 'character')} of {entry.statementLength.toLocaleString('en')}.
            </p>
          )}
          {entry.redacted && <p>Strings and numbers were replaced before this was recorded.</p>}
          <div className={styles.buttons}>
            <Button size="small" icon="tab" onClick={() => onReopen(entry)}>
              Open in a tab
            </Button>
            <CopyButton text={entry.statement} label="Copy the statement" word="Copy" />
          </div>
        </div>
      )}
      <Facts>
        <Fact name="Outcome">
          <Ending entry={entry} />
        </Fact>
        <Fact name="Error">{entry.code && <code>{entry.code}</code>}</Fact>
        <Fact name="Change">{entry.change}</Fact>
        <Fact name="Whom it was done to">{entry.subject}</Fact>
        <Fact name="Script">{entry.script && `${entry.script.name}, version ${entry.script.version}`}</Fact>
        <Fact name="Automation">{entry.automation?.name}</Fact>
        <Fact name="Execution">{entry.execution && <code>{entry.execution}</code>}</Fact>
        <Fact name="Began">
          {zonedTime(entry.at)}, {relativeTime(entry.at, new Date())}
        </Fact>
        <Fact name="Took">{entry.elapsedMs === undefined ? undefined : duration(entry.elapsedMs)}</Fact>
        <Fact name="Rows">{entry.rows?.toLocaleString('en')}</Fact>
        <Fact name="Changed">{entry.affected === undefined ? undefined : count(entry.affected, 'row')}</Fact>
        <Fact name="Size">{entry.bytes === undefined ? undefined : sizeText(entry.bytes)}</Fact>
        <Fact name="Capacity">{entry.consumed?.map(({ kind, units }) => count(units, `${kind} unit`)).join(', ')}</Fact>
        <Fact name="Commands">{entry.commands?.join(', ')}</Fact>
        <Fact name="Resource">
          {resource && (
            <>
              <code>{resource.id}</code>
              {onResource && (
                <Button size="small" look="quiet" icon="filter" onClick={() => onResource(resource.id)}>
                  Only this resource
                </Button>
              )}
            </>
          )}
        </Fact>
        <Fact name="Engine">{resource && [resource.engine, resource.region].filter(Boolean).join(', ')}</Fact>
        <Fact name="Database">{entry.database}</Fact>
        <Fact name="Database user">{entry.databaseUser}</Fact>
        <Fact name="Login">{entry.login}</Fact>
        <Fact name="Role taken on">{entry.assumed && <code>{entry.assumed}</code>}</Fact>
        <Fact name="Who">
          {user && (
            <>
              {user.name}
              {entry.role && `, ${entry.role}`}
              {onUser && (
                <Button size="small" look="quiet" icon="filter" onClick={() => onUser(user)}>
                  Only this user
                </Button>
              )}
            </>
          )}
        </Fact>
        <Fact name="ARN">{user && <code>{user.arn}</code>}</Fact>
        <Fact name="From">{entry.address}</Fact>
        <Fact name="Session">{entry.session && <code>{entry.session}</code>}</Fact>
        <Fact name="Request id">
          <code>{entry.requestId}</code> <CopyButton text={entry.requestId} label="Copy the request id" />
        </Fact>
      </Facts>
    </SidePanel>
  );
}
