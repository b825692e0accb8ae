import { ENGINES } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import { Picker, type PickerItem } from '../../commands/picker.tsx';
import type { LiveConnection } from './connections.ts';
import { useDesk } from './desk.ts';

interface ChooseConnectionProps {
  onPick(picked: { connection: LiveConnection } | { resource: Resource }): void;
  onClose(): void;
}

/** Where shall a tab run? Connections that are there first, then what one could connect to. */
export function ChooseConnection({ onPick, onClose }: ChooseConnectionProps) {
  const desk = useDesk();
  const connections = desk.book.connections.get().map(
    (connection): PickerItem => ({
      key: connection.key,
      label: `${connection.resource.name} › ${connection.database}`,
      detail: `as ${connection.user}`,
      group: ENGINES[connection.engine].title,
      icon: 'database',
      pick: () => onPick({ connection }),
    }),
  );
  const resources = desk.explorer.discovery
    .get()
    .resources.filter(({ engine }) => engine && ENGINES[engine].ready)
    .map(
      (resource): PickerItem => ({
        key: resource.id,
        label: resource.name,
        detail: resource.region,
        group: 'New connection',
        icon: 'plug',
        pick: () => onPick({ resource }),
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
