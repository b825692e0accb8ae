import { SERVICES } from '#contract/resources.ts';
import { useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useDesk } from '../workbench/desk.ts';
import { type Gap, gapsOf, policyStatement } from './discovery.ts';
import styles from './explorer.module.css';

/** What could not be listed, why, and what would help: below the tree, so that the list never jumps. */
export function Gaps() {
  const { explorer } = useDesk();
  const gaps = gapsOf(useStore(explorer.discovery));
  if (gaps.length === 0) return null;
  return (
    <section className={styles.gaps} aria-label="What could not be listed">
      <ul>
        {gaps.map((gap) => (
          <GapEntry
            key={`${gap.service} ${gap.status} ${gap.message}`}
            gap={gap}
            onRetry={() => void explorer.discover(gap.regions)}
          />
        ))}
      </ul>
    </section>
  );
}

function GapEntry({ gap, onRetry }: { gap: Gap; onRetry(): void }) {
  const { service, status, action, message, regions } = gap;
  const where = regions.length === 1 ? `in ${regions[0]}` : `in ${regions.length} regions`;
  const { title } = SERVICES[service];
  return (
    <li data-status={status} title={regions.join(', ')}>
      {status === 'denied' ? (
        <>
          <p>
            <strong>{title}</strong> {where}: your keys may not list it.
          </p>
          {action && (
            <div className={styles.missing}>
              <code>{action}</code>
              <CopyButton text={action} label={`Copy ${action}`} />
              <CopyButton text={policyStatement(action)} label="Copy a policy statement that allows it" word="Policy" />
            </div>
          )}
        </>
      ) : (
        <>
          <p>
            <strong>{title}</strong> {where}: {message ?? 'AWS did not answer.'}
          </p>
          <Button size="small" icon="refresh" onClick={onRetry}>
            Try again
          </Button>
        </>
      )}
    </li>
  );
}
