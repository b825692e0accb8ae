import { useMemo } from 'react';
import { useDesk } from '../features/workbench/desk.ts';
import { paletteItems } from './palette-items.ts';
import { Picker } from './picker.tsx';

/** One field for everything that has a name: commands, open tabs, resources, tables. */
export function Palette({ onClose }: { onClose(): void }) {
  const desk = useDesk();
  const items = useMemo(
    () =>
      paletteItems(desk).map((item) => ({
        ...item,
        // Closed first: what was picked may open a dialog of its own.
        pick() {
          onClose();
          item.pick();
        },
      })),
    [desk, onClose],
  );
  return (
    <Picker
      title="Search"
      placeholder="A command, a tab, a resource or a table"
      items={items}
      empty="Nothing is called that. Tables are found once their connection is open."
      onClose={onClose}
    />
  );
}
