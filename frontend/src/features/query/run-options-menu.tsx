import { Menu } from '@mantine/core';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { type Store, useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import styles from './query.module.css';
import {
  type Bounds,
  choicesUpTo,
  ROW_CHOICES,
  type RunOptions,
  TIMEOUT_CHOICES,
  WIDEST,
  within,
} from './run-options.ts';
import { limitText, timeText } from './wording.ts';

/** How many rows are read of each result, and how long a statement may run. */
export function RunOptionsMenu({ options, bounds }: { options: Store<RunOptions>; bounds: Bounds }) {
  const { maxRows, timeoutSeconds } = within(useStore(options), bounds);
  const set = (change: Partial<RunOptions>) => options.set((now) => ({ ...now, ...change }));
  return (
    <Menu
      position="bottom-end"
      width={250}
      shadow="none"
      transitionProps={{ duration: 0 }}
      closeOnItemClick={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          look="quiet"
          size="small"
          icon="sliders"
          title="How many rows are read, and how long a statement may run"
        >
          <span className={styles.bounds}>
            Up to {maxRows.toLocaleString('en')} rows · {timeText(timeoutSeconds)}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        <Choices
          title="Read of each result at most"
          choices={choicesUpTo(ROW_CHOICES, bounds.rows)}
          chosen={maxRows}
          write={(rows) => `${rows.toLocaleString('en')} rows`}
          onChoose={(rows) => set({ maxRows: rows })}
        />
        <Menu.Divider />
        <Choices
          title="Stop a statement after"
          choices={choicesUpTo(TIMEOUT_CHOICES, bounds.seconds)}
          chosen={timeoutSeconds}
          write={timeText}
          onChoose={(seconds) => set({ timeoutSeconds: seconds })}
        />
        {isTighter(bounds) && (
          <>
            <Menu.Divider />
            <p className={styles.limit}>{limitText(bounds)}</p>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoicesProps {
  readonly title: string;
  readonly choices: readonly number[];
  readonly chosen: number;
  write(choice: number): string;
  onChoose(choice: number): void;
}

function Choices({ title, choices, chosen, write, onChoose }: ChoicesProps) {
  return (
    <Menu.RadioGroup value={String(chosen)} onChange={(value) => onChoose(Number(value))}>
      <Menu.Label>{title}</Menu.Label>
      {choicesWith(choices, chosen).map((choice) => (
        <Menu.RadioItem
          key={choice}
          value={String(choice)}
          // The mark stands at the right, where it moves nothing.
          checkIcon={null}
          rightSection={choice === chosen ? <Icon name="check" size={14} /> : undefined}
        >
          {write(choice)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** What was stored by an older version may be none of the choices: it is offered as well. */
const choicesWith = (choices: readonly number[], chosen: number): number[] =>
  [...new Set([...choices, chosen])].sort((a, b) => a - b);

const isTighter = ({ rows, seconds }: Bounds): boolean => rows < WIDEST.rows || seconds < WIDEST.seconds;
