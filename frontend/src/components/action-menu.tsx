import { Menu } from '@mantine/core';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import styles from './action-menu.module.css';

/** Something that can be done with what stands in a row. */
export interface Action {
  readonly label: string;
  /** What cannot be undone, or hurts. */
  readonly grave?: boolean;
  perform(): void;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

interface ActionMenuProps {
  readonly label: string;
  readonly at: Spot;
  readonly actions: readonly Action[];
  onClose(): void;
}

const OUTSIDE = ['mousedown', 'touchstart'];

/** A menu where the pointer is, or at the row that the keyboard is on. */
export function ActionMenu({ label, at, actions, onClose }: ActionMenuProps) {
  return (
    <Menu
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom-start"
      width={240}
      shadow="none"
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
      // Not by keys outside: the key that has opened it would be the first.
      clickOutsideEvents={OUTSIDE}
    >
      <Menu.Target>
        <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''} aria-label={label}>
        {actions.map(({ label: word, grave, perform }) => (
          <Menu.Item key={word} onClick={perform} data-grave={grave || undefined}>
            {word}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
