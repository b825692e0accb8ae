import { type ReactNode, useRef, useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import styles from './access.module.css';
import { move } from './access-form.ts';
import { keepKey, keyOf } from './entry-keys.ts';

/** From more entries on there is a filter, and so many are shown until somebody asks for all: what follows stays near. */
const MANY = 15;

interface EntryListProps<T> {
  /** What one entry is called: `rule`. */
  readonly what: string;
  readonly entries: readonly T[];
  /** The first that fits decides: the entries are numbered, and can be moved. */
  readonly ordered?: boolean;
  readonly empty: ReactNode;
  readonly most: number;
  /** A new one, which is opened at once. */
  readonly fresh: T;
  /** The entry as a line of text: filtered by, and read aloud. */
  say(entry: T): string;
  isWrong(index: number): boolean;
  summary(entry: T, index: number): ReactNode;
  editor(entry: T, index: number, change: (entry: T) => void): ReactNode;
  onEntries(entries: readonly T[]): void;
}

/** Entries as lines to read; one at a time is opened and changed. Reads as well with two as with a hundred. */
export function EntryList<T extends object>(props: EntryListProps<T>) {
  const { what, entries, ordered = false, empty, most, fresh, say, isWrong, summary, editor, onEntries } = props;
  const [open, setOpen] = useState<string>();
  const [filter, setFilter] = useState('');
  const [said, setSaid] = useState('');
  const [whole, setWhole] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const wanted = filter.trim().toLowerCase();
  const found = entries.map((entry, index) => ({ entry, index })).filter(({ entry }) => matches(say(entry), wanted));
  // What is wrong is shown, wherever it stands.
  const folded = !whole && wanted === '' && !entries.some((_entry, index) => index >= MANY && isWrong(index));
  const shown = folded ? found.slice(0, MANY) : found;

  /** With the next frame: what is to have the focus is then in its place. */
  const focus = (selector: string) =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(selector)?.focus());
  function add() {
    const entry = { ...fresh };
    setFilter('');
    setWhole(true);
    setOpen(keyOf(entry));
    onEntries([...entries, entry]);
    focus('[data-editor] :is(input, select)');
  }
  function remove(index: number) {
    onEntries(entries.filter((_one, at) => at !== index));
    setSaid(`${word(what)} ${index + 1} was removed.`);
    const next = entries[index + 1] ?? entries[index - 1];
    focus(next ? `[data-entry="${keyOf(next)}"] [data-remove]` : '[data-add]');
  }
  function shift(index: number, by: 1 | -1) {
    const to = index + by;
    const entry = entries[index];
    if (to >= MANY) setWhole(true);
    if (!entry || to < 0 || to >= entries.length) return;
    onEntries(move(entries, index, to));
    setSaid(`${word(what)} moved to place ${to + 1} of ${entries.length}.`);
    // At an end of the list its own button is off: the other one keeps the place.
    const end = by === 1 ? to === entries.length - 1 : to === 0;
    const button = (by === 1) === end ? 'up' : 'down';
    focus(`[data-entry="${keyOf(entry)}"] [data-move="${button}"]`);
  }
  const put = (index: number, entry: T, next: T) =>
    onEntries(entries.map((one, at) => (at === index ? keepKey(entry, next) : one)));

  return (
    <div className={styles.entries} ref={list}>
      {entries.length > MANY && (
        <Field
          label={`Filter the ${what}s`}
          type="search"
          className={styles.filter}
          value={filter}
          placeholder={`Among ${entries.length}`}
          hint={wanted ? `${shown.length} of ${entries.length} shown` : undefined}
          onChange={({ target }) => setFilter(target.value)}
        />
      )}
      {entries.length === 0 && <p className={styles.empty}>{empty}</p>}
      <ol className={styles.list}>
        {shown.map(({ entry, index }) => {
          const key = keyOf(entry);
          const opened = key === open || isWrong(index);
          const name = `${what} ${index + 1}`;
          return (
            <li key={key} data-entry={key} data-open={opened || undefined}>
              <div className={styles.line}>
                {ordered && <span className={styles.number}>{index + 1}</span>}
                <div className={styles.summary}>{summary(entry, index)}</div>
                <div className={styles.tools}>
                  {ordered && (
                    <>
                      <IconButton
                        icon="chevronUp"
                        label={`Move ${name} up`}
                        data-move="up"
                        disabled={index === 0 || wanted !== ''}
                        onClick={() => shift(index, -1)}
                      />
                      <IconButton
                        icon="chevronDown"
                        label={`Move ${name} down`}
                        data-move="down"
                        disabled={index === entries.length - 1 || wanted !== ''}
                        onClick={() => shift(index, 1)}
                      />
                    </>
                  )}
                  <Button
                    size="small"
                    look="quiet"
                    aria-expanded={opened}
                    aria-label={`${opened ? 'Close' : 'Edit'} ${name}`}
                    onClick={() => setOpen(opened ? undefined : key)}
                  >
                    {opened ? 'Done' : 'Edit'}
                  </Button>
                  <IconButton
                    icon="close"
                    label={`Remove ${name}: ${say(entry)}`}
                    data-remove=""
                    onClick={() => remove(index)}
                  />
                </div>
              </div>
              {opened && (
                <div className={styles.editor} data-editor="">
                  {editor(entry, index, (next) => put(index, entry, next))}
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <div className={styles.add}>
        <Button icon="plus" data-add="" disabled={entries.length >= most} onClick={add}>
          Add a {what}
        </Button>
        {shown.length < found.length && (
          <Button look="quiet" onClick={() => setWhole(true)}>
            Show all {found.length} {what}s
          </Button>
        )}
        <span>{entries.length >= most ? `There is room for ${most}.` : ''}</span>
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

const word = (what: string): string => `${what[0]?.toUpperCase()}${what.slice(1)}`;

const matches = (text: string, wanted: string): boolean =>
  wanted.split(/\s+/).every((one) => text.toLowerCase().includes(one));
