import { type ComponentType, lazy, type MouseEvent, Suspense, useEffect, useRef } from 'react';
import { allows, ROLES } from '#contract/roles.ts';
import { ErrorBoundary } from '../../app/error-boundary.tsx';
import { useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Notice } from '../../components/notice.tsx';
import { useDesk } from '../workbench/desk.ts';
import styles from './page.module.css';
import { PAGES, type Page, pagesFor } from './pages.ts';

/** Loaded when they are first shown, each once. */
const VIEWS: Readonly<Record<string, ComponentType>> = Object.fromEntries(
  PAGES.map(({ name, load }) => [name, lazy(load)]),
);

/** A page beside the workbench: its neighbours on the left, a title, and its content. */
export function PageFrame({ page }: { readonly page: Page }) {
  const desk = useDesk();
  const { role } = useStore(desk.session);
  const title = useRef<HTMLHeadingElement>(null);
  const neighbours = useRef<HTMLElement>(null);
  // Whoever comes here by keyboard or screen reader begins at the title.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each page anew
  useEffect(() => {
    title.current?.focus();
    neighbours.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [page.name]);
  const View = VIEWS[page.name];
  return (
    <div className={styles.frame}>
      <nav className={styles.neighbours} ref={neighbours} aria-label="Pages">
        <PageLink path="/" current={false}>
          <Icon name="arrowLeft" size={14} />
          Workbench
        </PageLink>
        <hr />
        {pagesFor(role).map(({ name, path, title, icon }) => (
          <PageLink key={name} path={path} current={name === page.name}>
            <Icon name={icon} size={14} />
            {title}
          </PageLink>
        ))}
      </nav>
      <main className={styles.page} aria-labelledby="page-title">
        <header className={styles.head}>
          <h2 id="page-title" ref={title} tabIndex={-1}>
            {page.title}
          </h2>
          <p>{page.lead}</p>
        </header>
        {role && allows(role, page.role) ? (
          <ErrorBoundary>
            <Suspense fallback={<p className={styles.waiting}>Loading…</p>}>{View && <View />}</Suspense>
          </ErrorBoundary>
        ) : (
          <Refusal page={page} />
        )}
      </main>
    </div>
  );
}

/** What one may not do is not offered; whoever comes by its URL is told why. */
function Refusal({ page }: { readonly page: Page }) {
  const desk = useDesk();
  const { role } = useStore(desk.session);
  return (
    <Notice
      tone="warning"
      title={`${page.title} is for the role ${ROLES[page.role].title}.`}
      actions={<Button onClick={() => desk.place.go('/')}>Go to the workbench</Button>}
    >
      <p>
        {role ? `Yours is ${ROLES[role].title}.` : 'You have none here.'} An administrator of this instance can change
        it.
      </p>
    </Notice>
  );
}

interface PageLinkProps {
  readonly path: string;
  readonly current: boolean;
  readonly children: React.ReactNode;
}

/** A true link, so that it opens in another window too; in this one it loads nothing anew. */
function PageLink({ path, current, children }: PageLinkProps) {
  const desk = useDesk();
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    desk.place.go(path);
  };
  return (
    <a href={path} onClick={go} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  );
}
