/**
 * An editor hands its text out when typing rests. Whoever needs it now asks all of them: before the page goes they are asked
 * by the browser's own events.
 */
const NOW = 'lodge-texts';

/** When an editor hands out: at these events of the window. */
export const HANDS_OUT = ['pagehide', 'visibilitychange', NOW] as const;

export const handOutTexts = (): void => {
  if (typeof dispatchEvent === 'function') dispatchEvent(new Event(NOW));
};
