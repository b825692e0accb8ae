/** What the palette finds, made anew each time it opens. */
import { ENGINES, NODE_KINDS } from '#contract/engines.ts';
import type { Names } from '#contract/objects.ts';
import { placeText } from '../features/explorer/place-text.ts';
import { rowKeyOf } from '../features/explorer/resource-branches.ts';
import type { Desk } from '../features/workbench/desk.ts';
import { connectTo, openTable } from '../features/workbench/desk-actions.ts';
import { activateTab } from '../features/workbench/tabs.ts';
import { COMMANDS, run } from './commands.ts';
import type { PickerItem } from './picker.tsx';

/** Tabs first, for going back and forth; then what can be done, and what can be opened. */
export const paletteItems = (desk: Desk): PickerItem[] => [
  ...tabItems(desk),
  ...commandItems(desk),
  ...resourceItems(desk),
  ...tableItems(desk),
];

const tabItems = (desk: Desk): PickerItem[] =>
  desk.tabs.get().tabs.map(({ id, title, connectionKey }) => {
    const detail = desk.book.find(connectionKey)?.database;
    const pick = () => desk.tabs.set((state) => activateTab(state, id));
    return { key: `tab:${id}`, label: title, group: 'Tab', icon: 'tab', ...(detail ? { detail } : {}), pick };
  });

const commandItems = (desk: Desk): PickerItem[] =>
  COMMANDS.filter(({ name, perform, when }) => name !== 'palette' && perform && (when?.(desk) ?? true)).map(
    (command) => ({
      key: `command:${command.name}`,
      label: command.label,
      group: 'Command',
      icon: 'command',
      ...(command.keys ? { keys: command.keys } : {}),
      pick: () => run(command, desk),
    }),
  );

const resourceItems = (desk: Desk): PickerItem[] =>
  desk.explorer
    .found()
    .filter(({ resource: { engine } }) => engine && ENGINES[engine].ready)
    .map((spot) => ({
      key: `resource:${rowKeyOf(spot.resource, spot.account?.roleArn)}`,
      label: spot.resource.name,
      detail: placeText(spot),
      group: 'Connect',
      icon: 'plug',
      pick: () => void connectTo(desk, spot),
    }));

/** The tables of every connection whose names have been read for completion. */
const tableItems = (desk: Desk): PickerItem[] =>
  desk.book.connections.get().flatMap((connection) => {
    const names = desk.queries.getQueryData<Names>(['names', connection.key]);
    return (names?.tables ?? []).map(([schema, name, kind]): PickerItem => {
      const path = [
        { kind: 'schema' as const, name: schema },
        { kind, name },
      ];
      const detail = `${schema} · ${connection.database}`;
      const key = `table:${connection.key}/${schema}/${name}`;
      const pick = () => openTable(desk, connection, path);
      return { key, label: name, detail, group: NODE_KINDS[kind].title, icon: 'table', pick };
    });
  });
