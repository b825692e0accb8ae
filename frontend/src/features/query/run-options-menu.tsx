import { Menu } from '@mantine/core';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { type Store, useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import styles from './query.module.css';
import { ROW_CHOICES, type RunOptions, TIMEOUT_CHOICES } from './run-options.ts';

/** How many rows are read of each result, and how long a statement may run. */
export function RunOptionsMenu({ options }: { options: Store<RunOptions> }) {
  const { maxRows, timeoutSeconds } = useStore(options);
  const set = (change: Partial<RunOptions>) => options.set((now) => ({ ...now, ...change }));
  return (
    <Menu position="bottom-end" width={250} shadow="none" transitionProps={{ duration: 0 }} closeOnItemClick={false}>
      <Menu.Target>
        <Button
          look="quiet"
          size="small"
          icon="sliders"
          title="How many rows are read, and how long a statement may run"
        >
          Up to {maxRows.toLocaleString('en')} rows · {timeText(timeoutSeconds)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        <Menu.Label>Read of each result at most</Menu.Label>
        {choicesWith(ROW_CHOICES, maxRows).map((rows) => (
          <Choice key={rows} chosen={rows === maxRows} onChoose={() => set({ maxRows: rows })}>
            {rows.toLocaleString('en')} rows
          </Choice>
        ))}
        <Menu.Divider />
        <Menu.Label>Stop a statement after</Menu.Label>
        {choicesWith(TIMEOUT_CHOICES, timeoutSeconds).map((seconds) => (
          <Choice key={seconds} chosen={seconds === timeoutSeconds} onChoose={() => set({ timeoutSeconds: seconds })}>
            {timeText(seconds)}
          </Choice>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Choice({ chosen, onChoose, children }: { chosen: boolean; onChoose(): void; children: React.ReactNode }) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={chosen}
      onClick={onChoose}
      rightSection={chosen ? <Icon name="check" size={14} /> : undefined}
    >
      {children}
    </Menu.Item>
  );
}

/** What was stored by an older version may be none of the choices: it is offered as well. */
const choicesWith = (choices: readonly number[], chosen: number): number[] =>
  [...new Set([...choices, chosen])].sort((a, b) => a - b);

const timeText = (seconds: number): string => (seconds < 60 ? `${seconds} s` : `${seconds / 60} min`);
