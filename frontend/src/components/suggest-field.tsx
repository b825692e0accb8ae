import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import fieldStyles from './field.module.css';
import { Labelled, type Said } from './labelled.tsx';
import styles from './suggest-field.module.css';

export interface Suggestion {
  /** What is chosen. */
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

interface SuggestFieldProps extends Said {
  readonly placeholder: string;
  /** Whom or what has been chosen, as people call it; undefined: nothing. */
  readonly chosen: string | undefined;
  /** What fits a text. Rejects where it cannot be asked. */
  find(text: string, signal: AbortSignal): Promise<readonly Suggestion[]>;
  /** Undefined: nothing is chosen any more. */
  onChoose(chosen: Suggestion | undefined): void;
}

const PAUSE_MS = 200;

/** One of very many, found by typing (WAI-ARIA combobox with a list). */
export function SuggestField({ label, placeholder, chosen, hint, error, find, onChoose }: SuggestFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string>();
  const [found, setFound] = useState<readonly Suggestion[]>();
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const open = text !== undefined;
  useEffect(() => {
    if (text === undefined) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      find(text.trim(), asking.signal).then(
        (suggestions) => {
          if (asking.signal.aborted) return;
          setFound(suggestions);
          setFailed(false);
          setAt(0);
        },
        () => !asking.signal.aborted && setFailed(true),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [text, find]);
  const close = () => {
    setText(undefined);
    setFound(undefined);
  };
  const choose = (suggestion: Suggestion | undefined) => {
    close();
    onChoose(suggestion);
  };
  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      if (!open) setText('');
      else setAt(Math.max(0, Math.min((found?.length ?? 1) - 1, at + by)));
    }
    if (event.key === 'Enter' && open && found?.[at]) {
      event.preventDefault();
      choose(found[at]);
    }
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    }
  }
  return (
    <Labelled {...{ label, hint, error }} className={styles.suggest}>
      {(ties) => (
        <>
          <div className={fieldStyles.box} data-invalid={error ? '' : undefined}>
            <input
              ref={input}
              {...ties}
              role="combobox"
              aria-expanded={open}
              aria-controls={open ? `${id}-list` : undefined}
              aria-activedescendant={open && found?.[at] ? `${id}-${at}` : undefined}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              className={fieldStyles.input}
              placeholder={placeholder}
              value={text ?? chosen ?? ''}
              onChange={({ target }) => setText(target.value)}
              onClick={() => !open && setText('')}
              onBlur={close}
              onKeyDown={onKeyDown}
            />
            {chosen && !open && (
              <IconButton
                icon="close"
                label={`${label}: any`}
                onClick={() => {
                  choose(undefined);
                  input.current?.focus();
                }}
              />
            )}
          </div>
          {open && (
            <div id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
              {found?.map((suggestion, index) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the combobox has the keyboard (aria-activedescendant)
                <div
                  key={suggestion.value}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  // Before the field loses the focus, which would close the list.
                  onPointerDown={(event) => {
                    event.preventDefault();
                    choose(suggestion);
                  }}
                  onPointerMove={() => setAt(index)}
                >
                  <span>{suggestion.label}</span>
                  {suggestion.detail && <small>{suggestion.detail}</small>}
                </div>
              ))}
              {found?.length === 0 && <p>Nothing fits.</p>}
              {failed && <p>It could not be looked up.</p>}
            </div>
          )}
          <span className="visually-hidden" role="status">
            {open && found ? `${found.length} found` : ''}
          </span>
        </>
      )}
    </Labelled>
  );
}
