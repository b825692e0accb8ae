/** The title of the window: the page, the instance where it has a name of its own, and what it is. */
export const titleOf = (instance: string, page?: string): string =>
  [page, instance === 'Lodge' ? undefined : instance, 'Lodge'].filter(Boolean).join(' · ');
