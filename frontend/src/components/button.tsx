import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: IconName | undefined;
  /** Work goes on: the button stays where it is, says so, and takes no second click. */
  readonly busy?: boolean;
}

/** A button with a word on it. While `busy` it stays focusable, so that the keyboard does not lose its place. */
export function Button({
  look = 'plain',
  size = 'normal',
  icon,
  busy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={[styles.button, styles[look], styles[size], className].filter(Boolean).join(' ')}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  /** What it does: read aloud, and shown as its tooltip. */
  readonly label: string;
  readonly keys?: string | undefined;
  readonly badge?: ReactNode;
}

/** A button with an icon only; at least 24 by 24 pixels (WCAG 2.2, 2.5.8). */
export function IconButton({ icon, label, keys, badge, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={keys ? `${label} (${keys})` : label}
      aria-label={label}
      {...rest}
      className={[styles.icon, className].filter(Boolean).join(' ')}
    >
      <Icon name={icon} />
      {badge}
    </button>
  );
}
