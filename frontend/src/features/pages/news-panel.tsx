import { type ReactNode, useEffect, useRef } from 'react';
import { relativeTime, zonedTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceList } from '../../components/choice-list.tsx';
import { Icon } from '../../components/icon.tsx';
import styles from './news-panel.module.css';
import type { News, Side } from './revision.ts';

interface NewsPanelProps<F> {
  readonly news: readonly News<F>[];
  /** Who it was and when, where that is known. */
  readonly by?: { readonly name: string; readonly at: string };
  title(field: keyof F): string;
  /** A value as a person reads it. */
  say(field: keyof F, value: F[keyof F]): string;
  /** What has become of a value, where two whole values side by side would not tell. */
  compare?(field: keyof F, was: F[keyof F], is: F[keyof F]): ReactNode;
  onChoose(field: keyof F, side: Side): void;
}

/** What somebody else has saved meanwhile: what was taken in, and what must be chosen between. */
export function NewsPanel<F>({ news, by, title, say, compare, onChoose }: NewsPanelProps<F>) {
  const heading = useRef<HTMLHeadingElement>(null);
  const clashes = news.filter(({ clash }) => clash);
  const open = clashes.filter(({ clash }) => !clash?.chosen).length;
  // Whoever has pressed Save is led here: it goes on with an answer.
  // With the next frame: the browser has then moved the page by what has come above.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is something new
  useEffect(() => {
    const frame = requestAnimationFrame(() => heading.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [news.length]);
  const all = (side: Side) => {
    for (const { field } of clashes) onChoose(field, side);
  };
  return (
    <section className={styles.news} aria-labelledby="news-title">
      <header>
        <Icon name="alert" />
        <h3 id="news-title" ref={heading} tabIndex={-1}>
          {by ? `${by.name} has saved changes meanwhile` : 'Somebody else has saved changes meanwhile'}
          {by && (
            <time dateTime={by.at} title={zonedTime(by.at)}>
              {relativeTime(by.at, new Date())}
            </time>
          )}
        </h3>
        {clashes.length > 1 && (
          <div>
            <Button size="small" onClick={() => all('mine')}>
              Keep all of mine
            </Button>
            <Button size="small" onClick={() => all('theirs')}>
              Take all of theirs
            </Button>
          </div>
        )}
      </header>
      <ul>
        {news.map(({ field, was, theirs, clash }) => (
          <li key={String(field)}>
            {clash ? (
              <>
                <ChoiceList<Side>
                  label={`${title(field)}: both of you have changed it`}
                  value={clash.chosen}
                  options={[
                    { value: 'mine', label: 'Keep mine', says: say(field, clash.yours) },
                    { value: 'theirs', label: 'Take theirs', says: say(field, theirs) },
                  ]}
                  onValue={(side) => onChoose(field, side)}
                />
                {compare && (
                  <div className={styles.both}>
                    <div>{compare(field, was, clash.yours)}</div>
                    <div>{compare(field, was, theirs)}</div>
                  </div>
                )}
              </>
            ) : (
              <>
                <p>
                  <strong>{title(field)}</strong>
                  {compare ? (
                    ': theirs were taken in, and stand below.'
                  ) : (
                    <>
                      {' was '}
                      <span>{say(field, was)}</span>
                      {' and is now '}
                      <span>{say(field, theirs)}</span>.
                    </>
                  )}
                </p>
                {compare?.(field, was, theirs)}
              </>
            )}
          </li>
        ))}
      </ul>
      <p role="status">
        {open > 0
          ? `${open === 1 ? 'One choice is' : `${open} choices are`} open. Then save again.`
          : 'Nothing of yours was lost. Save again where you have changed anything.'}
      </p>
    </section>
  );
}
