/** Key combinations as text: `Mod+K`, `Alt+PageDown`. `Mod` is Command on a Mac and Ctrl elsewhere. */

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

interface Combination {
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

function parse(keys: string): Combination {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  return { mod: parts.includes('Mod'), alt: parts.includes('Alt'), shift: parts.includes('Shift'), key };
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** True where the event is that combination. Letters and digits go by their place too: with Alt a Mac types `∑` for W. */
export function isPressed(keys: string, event: Pressed, mac: boolean): boolean {
  const { mod, alt, shift, key } = parse(keys);
  const command = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (command !== mod || other || event.altKey !== alt) return false;
  // `?` needs Shift on most keyboards and names itself: the key says it all.
  if (key === '?') return event.key === '?';
  if (event.shiftKey !== shift) return false;
  return event.key.toLowerCase() === key.toLowerCase() || event.code === `Key${key}` || event.code === `Digit${key}`;
}

const MAC_SIGNS: Record<string, string> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };
const SIGNS: Record<string, string> = {
  Mod: 'Ctrl',
  Enter: '↵',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** The keys as they stand on the keyboard, one by one. */
export const keySigns = (keys: string, mac: boolean): string[] =>
  keys.split('+').map((key) => (mac ? MAC_SIGNS[key] : undefined) ?? SIGNS[key] ?? key);

/** The keys in one word, for a tooltip: `Ctrl+K`, `⌘K`. */
export const keyText = (keys: string, mac: boolean): string => keySigns(keys, mac).join(mac ? '' : '+');
