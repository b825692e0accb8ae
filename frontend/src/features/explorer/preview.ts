/** What is said of resources that Lodge cannot open as well as the others. */
export const PREVIEW =
  'Preview: built from the protocol’s documentation, and not yet seen against a live server. Have a look at what it does before you rely on it.';

export const NO_ENGINE = 'Lodge lists this resource, but has no engine to open it yet.';
