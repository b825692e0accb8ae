import type { Reach } from '#contract/resources.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Icon } from '../../components/icon.tsx';
import { sayReach } from '../explorer/reach-mark.tsx';
import styles from './details.module.css';

/** How a resource is reached; where it is not, why, and what would reach it. */
export function ReachDetails({ reach }: { reach: Reach }) {
  const { icon, words } = sayReach(reach);
  const settings = reach.way === 'none' ? reach.settings : undefined;
  return (
    <section className={styles.section} aria-label="How it is reached">
      <p className={styles.reach} data-way={reach.way}>
        <Icon name={icon} size={14} />
        <span>{words}</span>
      </p>
      {settings && (
        <div className={styles.settings}>
          <div className={styles.title}>
            <h4>In cdk.json, then cdk deploy</h4>
            <CopyButton text={settings} label="Copy the lines for cdk.json" />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1) */}
          <pre className={styles.ddl} tabIndex={0}>
            {settings}
          </pre>
        </div>
      )}
    </section>
  );
}
