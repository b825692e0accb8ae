import { ENGINES } from '#contract/engines.ts';
import { Picker, type PickerItem } from '../../commands/picker.tsx';
import { placeText } from '../explorer/place-text.ts';
import { rowKeyOf } from '../explorer/resource-branches.ts';
import type { Spot } from '../explorer/tree-branches.ts';
import type { LiveConnection } from './connections.ts';
import { useDesk } from './desk.ts';

interface ChooseConnectionProps {
  onPick(picked: { connection: LiveConnection } | Spot): void;
  onClose(): void;
}

/** Where shall a tab run? Connections that are there first, then what one could connect to. */
export function ChooseConnection({ onPick, onClose }: ChooseConnectionProps) {
  const desk = useDesk();
  const connections = desk.book.connections.get().map(
    (connection): PickerItem => ({
      key: connection.key,
      label: `${connection.resource.name} › ${connection.database}`,
      detail: `as ${connection.user || 'your AWS identity'}`,
      group: ENGINES[connection.engine].title,
      icon: 'database',
      pick: () => onPick({ connection }),
    }),
  );
  const resources = desk.explorer
    .found()
    .filter(({ resource: { engine } }) => engine && ENGINES[engine].ready)
    .map(
      (spot): PickerItem => ({
        key: rowKeyOf(spot.resource, spot.account?.roleArn),
        label: spot.resource.name,
        detail: placeText(spot),
        group: 'New connection',
        icon: 'plug',
        pick: () => onPick(spot),
      }),
    );
  return (
    <Picker
      title="Where shall it run?"
      placeholder="A connection or a resource"
      items={[...connections, ...resources]}
      empty="No database that Lodge can open has been found. Look at the list on the left for what is missing."
      onClose={onClose}
    />
  );
}
