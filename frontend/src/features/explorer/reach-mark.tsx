import type { Reach } from '#contract/resources.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import styles from './tree.module.css';

type Says = { readonly icon: IconName; readonly words: string };

const WAYS: { readonly [W in Reach['way']]: (reach: Extract<Reach, { way: W }>) => Says } = {
  direct: () => ({ icon: 'globe', words: 'Reached directly' }),
  connector: ({ network }) => ({ icon: 'connector', words: `Reached through the connector ${network}` }),
  none: ({ reason }) => ({ icon: 'unreachable', words: `Not reachable: ${reason}` }),
};

/** How a resource is reached, in words and as an icon. */
export const sayReach = (reach: Reach): Says => (WAYS[reach.way] as (reach: Reach) => Says)(reach);

/** The icon; its words are its tooltip, and read aloud. */
export function ReachMark({ reach }: { reach: Reach }) {
  const { icon, words } = sayReach(reach);
  return (
    <span className={styles.reach} data-way={reach.way} title={words}>
      <Icon name={icon} size={13} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
