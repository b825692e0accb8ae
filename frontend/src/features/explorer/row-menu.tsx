import { Menu } from '@mantine/core';
import { Keys } from '../../commands/picker.tsx';
import { useDesk } from '../workbench/desk.ts';
import styles from '../workbench/workbench.module.css';
import { rowActions } from './row-actions.ts';
import type { TreeRow } from './tree-rows.ts';

export interface OpenMenu {
  readonly row: TreeRow;
  readonly x: number;
  readonly y: number;
}

const OUTSIDE = ['mousedown', 'touchstart'];

/** What can be done with a row: by the right mouse button, the menu key, or Shift+F10. */
export function RowMenu({ menu, onClose }: { menu: OpenMenu; onClose(): void }) {
  const desk = useDesk();
  const actions = rowActions(desk, menu.row);
  return (
    <Menu
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom-start"
      width={250}
      shadow="none"
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
      // Not by keys outside: the key that has opened it would be the first.
      clickOutsideEvents={OUTSIDE}
    >
      <Menu.Target>
        <span style={{ position: 'fixed', left: menu.x, top: menu.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {actions.map(({ label, keys, perform }) => (
          <Menu.Item key={label} onClick={perform} rightSection={keys ? <Keys keys={keys} /> : undefined}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
