import { Modal } from '@mantine/core';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';
import { Icon } from './icon.tsx';

interface DialogProps {
  readonly title: string;
  readonly size?: number;
  /** Drawn over everything else, for what cannot wait. */
  readonly urgent?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** A dialog in the middle: the focus stays inside, Escape closes, and afterwards the focus is where it was. */
export function Dialog({ title, size = 440, urgent = false, onClose, children }: DialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      centered
      zIndex={urgent ? 400 : 300}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.38 }}
      closeButtonProps={{ 'aria-label': 'Close', icon: <Icon name="close" />, className: styles.close ?? '' }}
      classNames={{ content: styles.content ?? '', header: styles.header ?? '', title: styles.title ?? '' }}
    >
      {children}
    </Modal>
  );
}
