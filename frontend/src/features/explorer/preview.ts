/** What is said of resources that cannot be opened as the others can. */
export const PREVIEW =
  'Preview: built from the protocol’s documentation, and not yet seen against a live server. Have a look at what it does before you rely on it.';

export const NO_ENGINE = 'Lodge lists this resource, but has no engine to open it yet.';

/** Of a resource that the rules of the instance narrow for this user's role. */
export const READ_ONLY = 'The rules of this instance let your role only read here.';
