import { Modal } from '@mantine/core';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import { type ReactNode, useEffect, useState } from 'react';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly size?: number;
  /** Drawn over everything else, for what cannot wait. */
  readonly urgent?: boolean;
  /** What it holds grows while it is used: its top stays where it is, and so does what the pointer is on. */
  readonly grows?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** A dialog in the middle: the focus stays inside, Escape closes, and afterwards the focus is where it was. */
export function Dialog({ title, size = 440, urgent = false, grows = false, onClose, children }: DialogProps) {
  useFocusBack();
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={size}
      centered={!grows}
      yOffset="8vh"
      zIndex={urgent ? 400 : 300}
      transitionProps={{ duration: 0 }}
      classNames={{ content: styles.content ?? '', body: styles.body ?? '', title: styles.title ?? '' }}
    >
      <Modal.Overlay backgroundOpacity={0.38} />
      <Modal.Content>
        {/* Not a <header>: the page has its banner already. */}
        <div className={styles.header}>
          <Modal.Title>{title}</Modal.Title>
          <IconButton icon="close" label="Close" onClick={onClose} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** A dialog here is not closed but gone: whoever had the focus before it gets it back, unless somebody else took it. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      queueMicrotask(() => {
        const free = document.activeElement === null || document.activeElement === document.body;
        if (free && before instanceof HTMLElement) before.focus();
      });
    },
    [before],
  );
}
