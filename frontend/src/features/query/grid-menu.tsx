import { Menu } from '@mantine/core';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { useStore } from '../../app/store.ts';
import { Keys } from '../../commands/picker.tsx';
import { COPY_FORMATS, type CopyFormat, copyFormatsOf } from '../../grid/copy-formats.ts';
import type { GridModel } from '../../grid/grid-model.ts';
import styles from './query.module.css';

interface GridMenuProps {
  readonly at: { readonly x: number; readonly y: number };
  readonly model: GridModel;
  onCopy(format: CopyFormat): void;
  onOpen(): void;
  onClose(): void;
}

/** What can be done with the selected cells and their column. */
export function GridMenu({ at, model, onCopy, onOpen, onClose }: GridMenuProps) {
  const { selection, sort } = useStore(model.state);
  const { row, column } = selection.active;
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      width={310}
      shadow="none"
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        {/* Where the menu hangs: a button, for its state is a button's, that nobody sees or presses. */}
        <button
          type="button"
          tabIndex={-1}
          aria-label="Cells"
          className={styles.anchor}
          style={{ left: at.x, top: at.y }}
        />
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {row >= 0 && (
          <Menu.Item onClick={onOpen} rightSection={<Keys keys="Enter" />}>
            Show the value
          </Menu.Item>
        )}
        {row >= 0 && <Menu.Divider />}
        {row >= 0 && <CopyItems formats={copyFormatsOf(model.dialect)} onCopy={onCopy} />}
        {row >= 0 && <Menu.Divider />}
        <Menu.Item onClick={() => void model.sort({ column, descending: false })}>Sort smallest first</Menu.Item>
        <Menu.Item onClick={() => void model.sort({ column, descending: true })}>Sort largest first</Menu.Item>
        {sort && <Menu.Item onClick={() => void model.sort(undefined)}>Show rows as they came</Menu.Item>}
        <Menu.Divider />
        <Menu.Item onClick={() => model.fit(column, Math.max(0, row))} rightSection={<Keys keys="Alt+Enter" />}>
          Fit the column to its values
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const COPY_KEYS: Partial<Record<CopyFormat, string>> = { tsv: 'Mod+C', 'tsv-names': 'Mod+Shift+C' };

interface CopyItemsProps {
  /** Left out: every one. */
  readonly formats?: readonly CopyFormat[];
  onCopy(format: CopyFormat): void;
}
const EVERY = Object.keys(COPY_FORMATS) as CopyFormat[];

/** One entry a format. */
export function CopyItems({ formats = EVERY, onCopy }: CopyItemsProps) {
  return formats.map((format) => {
    const { title, detail } = COPY_FORMATS[format];
    const keys = COPY_KEYS[format];
    return (
      <Menu.Item
        key={format}
        onClick={() => onCopy(format)}
        rightSection={keys ? <Keys keys={keys} /> : <span className={styles.itemDetail}>{detail}</span>}
      >
        {title}
      </Menu.Item>
    );
  });
}
