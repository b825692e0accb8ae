import { useSyncExternalStore } from 'react';
import { useStore } from '../../app/store.ts';
import { useDesk } from './desk.ts';
import { isNarrow, onNarrow } from './narrow.ts';

/** Which panes are on the screen: those that were left open, or on a narrow window the one that was asked for. */
export function usePanes(): { left: boolean; right: boolean } {
  const { layout, overlay } = useDesk();
  const { leftOpen, rightOpen } = useStore(layout);
  const asked = useStore(overlay);
  const narrow = useSyncExternalStore(onNarrow, isNarrow, isNarrow);
  return narrow ? { left: asked === 'left', right: asked === 'right' } : { left: leftOpen, right: rightOpen };
}
