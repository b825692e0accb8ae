import { MantineProvider } from '@mantine/core';
import type { SessionView } from '#contract/people.ts';
import '@mantine/core/styles/UnstyledButton.layer.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { onRoleRefused, onSessionEnd } from '../../api.ts';
import { useStore } from '../../app/store.ts';
import { onScheme, shownScheme } from '../../app/theme.ts';
import { titleOf } from '../../app/title.ts';
import { useCommands } from '../../commands/use-commands.ts';
import { Toasts } from '../../components/toasts.tsx';
import { PageFrame } from '../pages/page-frame.tsx';
import { pageAt } from '../pages/pages.ts';
import { type Desk, DeskContext, openDesk, useDesk } from './desk.ts';
import { lookWhoIAm, renewSession } from './desk-actions.ts';
import { Dialogs } from './dialogs.tsx';
import { MANTINE_THEME, mantineVariables } from './mantine-theme.ts';
import { Panes } from './panes.tsx';
import { StatusLine } from './status-line.tsx';
import { TopBar } from './top-bar.tsx';
import styles from './workbench.module.css';

interface WorkbenchProps {
  readonly session: SessionView;
  onSession(session: SessionView): void;
  onSignOut(): void;
}

/** The workbench of one user: opened as it was left, kept until the page goes or somebody else signs in. */
export function Workbench({ session, onSession, onSignOut }: WorkbenchProps) {
  const [desk] = useState(() => openDesk(session, localStorage, sessionStorage));
  const scheme = useSyncExternalStore(onScheme, shownScheme, shownScheme);
  useEffect(() => desk.session.set(session), [desk, session]);
  useDeskLife(desk);
  useCommands(desk);
  return (
    <MantineProvider
      theme={MANTINE_THEME}
      cssVariablesResolver={mantineVariables}
      forceColorScheme={scheme}
      withGlobalClasses={false}
      // The variables of its own theme come with the provider: no sheet of them is loaded.
      deduplicateCssVariables={false}
    >
      <QueryClientProvider client={desk.queries}>
        <DeskContext value={desk}>
          <div className={styles.workbench}>
            <TopBar onSignOut={onSignOut} />
            <Middle />
            <StatusLine />
          </div>
          <Dialogs onSession={onSession} />
          <Toasts />
        </DeskContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The workbench stays as it is under a page: its statements go on. */
function Middle() {
  const desk = useDesk();
  const page = pageAt(useStore(desk.place));
  const { name } = useStore(desk.session).instance;
  useEffect(() => {
    document.title = titleOf(name, page?.title);
  }, [name, page]);
  return (
    <>
      <div className={styles.under} hidden={page !== undefined}>
        <Panes />
      </div>
      {page && <PageFrame page={page} />}
    </>
  );
}

/** What begins when the desk is on the screen, and ends when it leaves. */
function useDeskLife(desk: Desk): void {
  useEffect(() => {
    onSessionEnd(() => renewSession(desk, 'ended'));
    onRoleRefused(() => void lookWhoIAm(desk));
    void desk.explorer.discover();
    // A page may be thrown away without a word once it is hidden: what was typed last is saved before.
    const save = () => desk.save();
    addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      onSessionEnd(undefined);
      onRoleRefused(undefined);
      save();
      removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
    };
  }, [desk]);
}
