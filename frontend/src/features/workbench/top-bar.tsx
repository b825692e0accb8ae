import { Menu } from '@mantine/core';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { useStore } from '../../app/store.ts';
import { commandOf, run } from '../../commands/commands.ts';
import { isMac, keyText } from '../../commands/keys.ts';
import { Keys } from '../../commands/picker.tsx';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Logo } from '../../components/logo.tsx';
import { SchemeToggle } from '../../components/scheme-toggle.tsx';
import { pagesFor } from '../pages/pages.ts';
import { useDesk } from './desk.ts';
import { usePanes } from './use-panes.ts';
import styles from './workbench.module.css';

/** The name of the instance, the way to everything, and oneself. */
export function TopBar({ onSignOut }: { onSignOut(): void }) {
  const desk = useDesk();
  const session = useStore(desk.session);
  return (
    <header className={styles.top}>
      <Logo size={20} />
      <h1 className={styles.instance}>{session.instance.name}</h1>
      <PaneToggle command="pane.toggleExplorer" icon="sidebar" />
      <button type="button" className={styles.search} onClick={() => run(commandOf('palette'), desk)}>
        <Icon name="search" size={14} />
        <span>Search or run a command</span>
        <Keys keys="Mod+K" />
      </button>
      <PaneToggle command="pane.toggleDetails" icon="details" />
      <SchemeToggle />
      <UserMenu onSignOut={onSignOut} />
    </header>
  );
}

function PaneToggle({ command, icon }: { command: string; icon: 'sidebar' | 'details' }) {
  const desk = useDesk();
  const shown = usePanes();
  const { label, keys = '' } = commandOf(command);
  return (
    <IconButton
      icon={icon}
      label={label}
      keys={keyText(keys, isMac())}
      aria-pressed={icon === 'sidebar' ? shown.left : shown.right}
      onClick={() => run(commandOf(command), desk)}
    />
  );
}

function UserMenu({ onSignOut }: { onSignOut(): void }) {
  const desk = useDesk();
  const { user, account, role } = useStore(desk.session);
  const item = (name: string) => {
    const command = commandOf(name);
    return (
      <Menu.Item
        onClick={() => run(command, desk)}
        rightSection={command.keys ? <Keys keys={command.keys} /> : undefined}
      >
        {command.label}
      </Menu.Item>
    );
  };
  return (
    <Menu
      position="bottom-end"
      width={280}
      shadow="none"
      transitionProps={{ duration: 0 }}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <IconButton icon="user" label={`${user.name}: session and help`} />
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        <div className={styles.me}>
          <strong>{user.name}</strong>
          <code>{user.arn}</code>
          <span>
            Account {account.alias && `${account.alias} · `}
            {account.id}
          </span>
        </div>
        <Menu.Divider />
        {pagesFor(role).map(({ name, title, icon, path }) => (
          <Menu.Item key={name} leftSection={<Icon name={icon} size={14} />} onClick={() => desk.place.go(path)}>
            {title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {item('shortcuts')}
        {item('session.renew')}
        <Menu.Item onClick={onSignOut}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
