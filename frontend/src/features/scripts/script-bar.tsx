import { Menu } from '@mantine/core';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { useMemo } from 'react';
import { useStore } from '../../app/store.ts';
import { commandOf, run } from '../../commands/commands.ts';
import { isMac, keyText } from '../../commands/keys.ts';
import { Keys } from '../../commands/picker.tsx';
import menuStyles from '../../components/action-menu.module.css';
import { Button, IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useDesk } from '../workbench/desk.ts';
import type { Tab } from '../workbench/tabs.ts';
import { parametersOf } from './ask-values.ts';
import styles from './scripts.module.css';
import { isUnsaved, mayBeSaved } from './tab-script.ts';

/** What can be done with one: of the same commands that have keys, and stand in the palette. */
const OFFERED = ['script.details', 'script.versions', 'script.copy', 'script.automate'] as const;

/** What a tab is as a script: its version, who sees it, whether it is saved, and what can be done. */
export function ScriptBar({ tab }: { readonly tab: Tab }) {
  const desk = useDesk();
  const session = useStore(desk.session);
  const connections = useStore(desk.book.connections);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its engine decides what a parameter is
  const count = useMemo(() => parametersOf(desk, tab.id).length, [desk, tab, connections]);
  const { script } = tab;
  const own = script === undefined || mayBeSaved(script, session);
  const save = commandOf('script.save');
  const declare = commandOf('script.parameters');
  return (
    <div className={styles.bar} role="toolbar" aria-label="Script">
      {script && <About tab={tab} script={script} own={own} />}
      {count > 0 && (
        <Button
          look="quiet"
          size="small"
          icon="parameters"
          title={`${declare.label} (${keyText(declare.keys ?? '', isMac())})`}
          onClick={() => run(declare, desk)}
        >
          {count} <span className={styles.word}>{count === 1 ? 'parameter' : 'parameters'}</span>
        </Button>
      )}
      <Button
        look="quiet"
        size="small"
        icon="save"
        title={`${save.label} (${keyText(save.keys ?? '', isMac())})`}
        onClick={() => run(save, desk)}
      >
        <span className={styles.word}>{own ? 'Save' : 'Save a copy'}</span>
      </Button>
      {script && <ScriptMenu own={own} />}
    </div>
  );
}

interface AboutProps {
  readonly tab: Tab;
  readonly script: NonNullable<Tab['script']>;
  readonly own: boolean;
}

function About({ tab, script, own }: AboutProps) {
  const { shared, owner, version } = script;
  const unsaved = isUnsaved(tab);
  const who = shared ? `shared by ${owner.name}` : 'only you see it';
  return (
    <span className={styles.about}>
      <Icon name={own ? (shared ? 'share' : 'user') : 'lock'} size={14} />
      <span title={own ? who : `${who}: your role does not change what others share`}>
        v{version} · {own ? (shared ? 'shared' : 'private') : `read-only, by ${owner.name}`}
      </span>
      <span className="visually-hidden" role="status">
        {unsaved ? 'Not saved' : `Saved as version ${version}`}
      </span>
    </span>
  );
}

function ScriptMenu({ own }: { readonly own: boolean }) {
  const desk = useDesk();
  return (
    <Menu
      position="bottom-end"
      width={300}
      shadow="none"
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <IconButton icon="more" label="More about this script" />
      </Menu.Target>
      <Menu.Dropdown className={menuStyles.menu ?? ''}>
        {OFFERED.filter((name) => own || name !== 'script.details')
          .map(commandOf)
          .filter(({ name, when }) => name !== 'script.automate' || when?.(desk))
          .map((command) => (
            <Menu.Item
              key={command.name}
              onClick={() => run(command, desk)}
              rightSection={command.keys ? <Keys keys={command.keys} /> : undefined}
            >
              {command.label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
