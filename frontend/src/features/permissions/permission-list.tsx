import { useEffect, useState } from 'react';
import { policyStatement } from '../../app/policy.ts';
import { useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { ErrorNotice } from '../../components/notice.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { REGION_NAMES } from '../claim/regions.ts';
import styles from './permissions.module.css';
import { openProber, type Permission, sayProbe } from './probe.ts';

interface PermissionListProps {
  /** Where one may ask; the first is asked. */
  readonly regions: readonly string[];
}

/** Which of the optional permissions the own keys have, service by service, as the answers come. */
export function PermissionList({ regions }: PermissionListProps) {
  const [prober] = useState(openProber);
  const [chosen, setChosen] = useState(regions[0] ?? 'us-east-1');
  const probe = useStore(prober.probe);
  useEffect(() => {
    void prober.ask(chosen);
    return prober.stop;
  }, [prober, chosen]);
  const missing = [...new Set(probe.permissions.flatMap((one) => one.missing))];
  // What was chosen stays on offer, even where its region was taken off meanwhile.
  const offered = [...new Set([...regions, chosen])];
  return (
    <div className={styles.permissions}>
      <div className={styles.where}>
        <SelectField
          label="Asked in"
          value={chosen}
          options={offered.map((region) => ({
            value: region,
            label: `${REGION_NAMES[region] ?? ''} ${region}`.trim(),
          }))}
          onValue={setChosen}
        />
        <Button icon="refresh" busy={probe.state === 'asking'} onClick={() => void prober.ask(chosen)}>
          Ask again
        </Button>
      </div>
      <ul className={styles.list} aria-label="Permissions">
        {probe.permissions.map((permission) => (
          <PermissionRow key={permission.title} permission={permission} />
        ))}
      </ul>
      {probe.error !== undefined && <ErrorNotice error={probe.error} />}
      <div className={styles.sum}>
        <p role="status">{sayProbe(probe)}</p>
        {missing.length > 1 && (
          <CopyButton
            text={policyStatement(missing)}
            label="Copy a policy statement that allows all that is missing"
            word="Policy for all that is missing"
          />
        )}
      </div>
    </div>
  );
}

/** Each state by a sign and a word: the colour only helps. */
const STATES: Readonly<Record<Permission['state'], { word: string; icon: IconName }>> = {
  allowed: { word: 'Allowed', icon: 'check' },
  denied: { word: 'Denied', icon: 'close' },
  unknown: { word: 'Not known', icon: 'alert' },
  waiting: { word: 'Asking…', icon: 'more' },
};

function PermissionRow({ permission: { title, state, missing, message } }: { readonly permission: Permission }) {
  const { word, icon } = STATES[state];
  return (
    <li data-state={state}>
      <Icon name={icon} size={14} />
      <strong>{title}</strong>
      <span className={styles.state}>
        {state === 'allowed' && missing.length > 0 ? 'Allowed, without details' : word}
      </span>
      {message && <p>{message}</p>}
      {missing.length > 0 && (
        <div className={styles.missing}>
          <span>
            {missing.map((action) => (
              <code key={action}>{action}</code>
            ))}
          </span>
          <CopyButton text={policyStatement(missing)} label={`Copy a policy statement for ${title}`} />
        </div>
      )}
    </li>
  );
}
