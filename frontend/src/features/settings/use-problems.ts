import { useRef, useState } from 'react';
import { type Problems, readForm, type SettingsField, type SettingsForm } from './settings-form.ts';

/** What is wrong with a form: said of a field once somebody has left it, and of all of them once they were to be sent. */
export function useProblems(form: SettingsForm) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [sent, setSent] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  const read = readForm(form);
  const all: Problems = 'problems' in read ? read.problems : {};
  const shown: Problems = sent ? all : Object.fromEntries(Object.entries(all).filter(([field]) => left.has(field)));
  return {
    /** To be put on the form, whose first wrong field gets the focus. */
    place,
    problems: shown,
    leave: (field: SettingsField) => setLeft((now) => new Set(now).add(field)),
    /** True where all is well; else the focus goes where it is not. */
    check(): boolean {
      setSent(true);
      if (Object.keys(all).length === 0) return true;
      // With the next frame: only then does the field say that it is wrong.
      requestAnimationFrame(() => focusWrong(place.current));
      return false;
    },
    /** Begins anew, after what was sent has been taken. */
    forget() {
      setLeft(new Set());
      setSent(false);
    },
  };
}

export function focusWrong(place: HTMLElement | null): void {
  const wrong = place?.querySelector<HTMLElement>('[aria-invalid="true"]');
  wrong?.focus();
  wrong?.scrollIntoView({ block: 'center' });
}
