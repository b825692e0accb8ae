import { useMemo } from 'react';
import { SERVICES } from '#contract/resources.ts';
import { policyStatement } from '../../app/policy.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import type { Discovery } from './discovery.ts';
import styles from './explorer.module.css';
import { type Gap, gapsOf, sayGap } from './gap.ts';

/** So many reasons are told at once; more are folded, for the list is what one has come for. */
const TOLD = 2;
/** So many actions are named; the policy to copy has all. */
const NAMED = 3;

interface GapsProps {
  readonly discovery: Discovery;
  /** Asks some regions again. */
  onRetry(regions: readonly string[]): void;
}

/** What could not be listed, why, and what would help: below the tree, so that the list never jumps. */
export function Gaps({ discovery, onRetry }: GapsProps) {
  const gaps = useMemo(() => gapsOf(discovery), [discovery]);
  if (gaps.length === 0) return null;
  const entries = (
    <ul>
      {gaps.map((gap) => (
        <GapEntry
          key={`${gap.status} ${gap.why} ${gap.message} ${gap.services}`}
          gap={gap}
          onRetry={() => onRetry(gap.regions)}
        />
      ))}
    </ul>
  );
  return (
    <section className={styles.gaps} aria-label="What could not be listed">
      {gaps.length <= TOLD ? (
        entries
      ) : (
        <details>
          <summary>Not all could be listed, for {gaps.length} reasons</summary>
          {entries}
        </details>
      )}
    </section>
  );
}

function GapEntry({ gap, onRetry }: { gap: Gap; onRetry(): void }) {
  const { status, services, regions, actions, why: unread } = gap;
  const { what, why, todo } = sayGap(gap);
  const canAskAgain = ['failed', 'throttled', 'timeout'].includes(status) || (unread && unread !== 'denied');
  const whole = `${services.map((service) => SERVICES[service].title).join(', ')}\n${regions.join(', ')}`;
  return (
    <li data-status={status} title={whole}>
      <p>
        <strong>{what}:</strong> {why} {todo}
      </p>
      {actions.length > 0 && (unread ?? 'denied') === 'denied' && (
        <div className={styles.missing}>
          <div>
            {actions.slice(0, NAMED).map((action) => (
              <code key={action}>
                {action.split(':')[0]}:
                <wbr />
                {action.split(':')[1]}
              </code>
            ))}
            {actions.length > NAMED && <span>and {actions.length - NAMED} more</span>}
          </div>
          <CopyButton text={policyStatement(actions)} label="Copy a policy statement that allows it" word="Policy" />
        </div>
      )}
      {canAskAgain && (
        <Button size="small" icon="refresh" onClick={onRetry}>
          Ask again
        </Button>
      )}
    </li>
  );
}
