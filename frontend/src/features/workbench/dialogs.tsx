import type { ReactNode } from 'react';
import { ENGINES } from '#contract/engines.ts';
import type { SessionView } from '#contract/people.ts';
import { useStore } from '../../app/store.ts';
import { Palette } from '../../commands/palette.tsx';
import { ShortcutsDialog } from '../../commands/shortcuts-dialog.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ConnectDialog } from '../connect/connect-dialog.tsx';
import { AccountDialog } from '../explorer/account-dialog.tsx';
import { ConflictDialog } from '../scripts/conflict-dialog.tsx';
import { ParametersDialog } from '../scripts/parameters-dialog.tsx';
import { ScriptDialog } from '../scripts/script-dialog.tsx';
import { ValuesDialog } from '../scripts/values-dialog.tsx';
import { VersionsDialog } from '../scripts/versions-dialog.tsx';
import { BUILDERS } from './builders.tsx';
import { ChooseConnection } from './choose-connection.tsx';
import { type Dialog, type OpenDialog, useDesk } from './desk.ts';
import { KeysDialog } from './keys-dialog.tsx';

type Of<K extends Dialog['kind']> = Extract<OpenDialog, { kind: K }>;
type Views = {
  readonly [K in Dialog['kind']]: (dialog: Of<K>, onSession: (session: SessionView) => void) => ReactNode;
};

const VIEWS: Views = {
  connect: ({ answer, decline, ...target }) => <ConnectDialog {...target} onConnected={answer} onClose={decline} />,
  account: ({ account, answer, decline }) => <AccountDialog account={account} onAdded={answer} onClose={decline} />,
  build: ({ connection, path, statement, answer, decline }) => {
    const { builder } = ENGINES[connection.engine];
    const Builder = builder && BUILDERS[builder];
    return Builder && <Builder {...{ connection, path, statement }} onBuilt={answer} onClose={decline} />;
  },
  choose: ({ answer, decline }) => <ChooseConnection onPick={answer} onClose={decline} />,
  keys: ({ reason, answer, decline }, onSession) => (
    <KeysDialog
      reason={reason}
      onClose={decline}
      onSignedIn={(session) => {
        answer(session);
        onSession(session);
      }}
    />
  ),
  confirm: ({ answer, decline, ...question }) => (
    <ConfirmDialog {...question} onConfirm={() => answer(undefined)} onClose={decline} />
  ),
  script: ({ draft, known, answer, decline }) => (
    <ScriptDialog draft={draft} known={known} onSaved={answer} onClose={decline} />
  ),
  'script-conflict': ({ theirs, answer, decline }) => (
    <ConflictDialog theirs={theirs} onChoose={answer} onClose={decline} />
  ),
  'script-versions': ({ scriptId, answer, decline }) => (
    <VersionsDialog id={scriptId} onRestore={answer} onClose={decline} />
  ),
  parameters: ({ parameters, answer, decline }) => (
    <ParametersDialog parameters={parameters} onDeclared={answer} onClose={decline} />
  ),
  values: ({ tabId, text, answer, decline }) => (
    <ValuesDialog tabId={tabId} text={text} onValues={answer} onClose={decline} />
  ),
  palette: ({ decline }) => <Palette onClose={decline} />,
  shortcuts: ({ decline }) => <ShortcutsDialog onClose={decline} />,
};

/** Every open dialog, the last on top. */
export function Dialogs({ onSession }: { onSession(session: SessionView): void }) {
  const { dialogs } = useDesk();
  return useStore(dialogs).map((dialog) => {
    const view = VIEWS[dialog.kind] as (dialog: OpenDialog, onSession: (session: SessionView) => void) => ReactNode;
    return <div key={dialog.id}>{view(dialog, onSession)}</div>;
  });
}
