import { useSyncExternalStore } from 'react';
import { chooseScheme, chosenScheme, onScheme, type SchemeChoice } from '../app/theme.ts';
import { IconButton } from './button.tsx';
import type { IconName } from './icon.tsx';

/** One press leads to the next: the system's choice, then light, then dark. */
const NEXT_SCHEME: Record<SchemeChoice, SchemeChoice> = { system: 'light', light: 'dark', dark: 'system' };

const LOOKS: Record<SchemeChoice, { icon: IconName; label: string }> = {
  system: { icon: 'system', label: 'Colours: as the system' },
  light: { icon: 'sun', label: 'Colours: light' },
  dark: { icon: 'moon', label: 'Colours: dark' },
};

/** Light, dark, or as the system says. */
export function SchemeToggle() {
  const choice = useSyncExternalStore(onScheme, chosenScheme, chosenScheme);
  return <IconButton {...LOOKS[choice]} onClick={() => chooseScheme(NEXT_SCHEME[choice])} />;
}
