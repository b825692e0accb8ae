/** Light or dark: what the system says, until a user says otherwise; and the sizes that scripts compute with. */

/** In CSS pixels, as in tokens.css: virtual lists and the grid place their rows by arithmetic. */
export const SIZES = { row: 24, gridHeader: 28, toolbar: 34 } as const;

export type Scheme = 'light' | 'dark';
export type SchemeChoice = Scheme | 'system';

const STORED_AS = 'lodge-theme';
const darkQuery = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** What the user chose; `system` where nothing, or nothing readable, is stored. */
export function chosenScheme(): SchemeChoice {
  const stored = localStorage.getItem(STORED_AS);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** What is shown now. */
export function shownScheme(): Scheme {
  const choice = chosenScheme();
  if (choice !== 'system') return choice;
  return darkQuery().matches ? 'dark' : 'light';
}

/** Remembers the choice and shows it. */
export function chooseScheme(choice: SchemeChoice): void {
  if (choice === 'system') localStorage.removeItem(STORED_AS);
  else localStorage.setItem(STORED_AS, choice);
  applyScheme();
}

/** Puts the scheme on the page, where tokens.css and Mantine read it, and tells who listens. */
export function applyScheme(): void {
  document.documentElement.dataset.mantineColorScheme = shownScheme();
  for (const listener of listeners) listener();
}

/** Calls back whenever the shown scheme may have changed, by the user or by the system. */
export function onScheme(listener: () => void): () => void {
  if (listeners.size === 0) darkQuery().addEventListener('change', applyScheme);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) darkQuery().removeEventListener('change', applyScheme);
  };
}
