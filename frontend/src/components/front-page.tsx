import type { ReactNode } from 'react';
import styles from './front-page.module.css';
import { Logo } from './logo.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';

interface FrontPageProps {
  readonly title: string;
  readonly lead: string;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of the pages before the workbench: the mark, a heading, one sentence, and a card or two. */
export function FrontPage({ title, lead, actions, wide = false, children }: FrontPageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Logo size={24} />
        <span className={styles.product}>Lodge</span>
        <SchemeToggle />
        {actions}
      </header>
      <main className={styles.main} data-wide={wide || undefined}>
        <div className={styles.intro}>
          <h1>{title}</h1>
          <p>{lead}</p>
        </div>
        {children}
      </main>
    </div>
  );
}

/** What a front page asks for stands on a card. */
export function Card({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={styles.card} aria-label={label}>
      {children}
    </section>
  );
}
