import { useEffect } from 'react';
import type { Desk } from '../features/workbench/desk.ts';
import { COMMANDS, run } from './commands.ts';
import { isMac, isPressed } from './keys.ts';

/** Listens for the keys of all commands. While a dialog is open they are the dialog's. */
export function useCommands(desk: Desk): void {
  useEffect(() => {
    const mac = isMac();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || desk.dialogs.get().length > 0) return;
      const command = COMMANDS.find(({ keys, perform }) => perform && keys && isPressed(keys, event, mac));
      if (!command) return;
      event.preventDefault();
      run(command, desk);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [desk]);
}
