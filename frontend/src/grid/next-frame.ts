/** Joins many calls into one a frame: while rows stream in, the screen is told sixty times a second and no more. */
export type Schedule = (task: () => void) => void;

/** The next animation frame, or a timer where there is none (a hidden page paints no frames, a worker knows none). */
export const nextFrame: Schedule = (task) => {
  if (typeof requestAnimationFrame === 'function' && !document.hidden) requestAnimationFrame(task);
  else setTimeout(task, 100);
};

export function oncePerFrame(task: () => void, schedule: Schedule = nextFrame): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    schedule(() => {
      waiting = false;
      task();
    });
  };
}
