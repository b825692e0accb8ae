/** A run that hands over a token may take longer than one function lasts: it goes on, part by part, in the same function. */

/**
 * So much of a function's time passes at most before a statement of its run begins; what comes later begins the next part.
 * The smaller it is, the longer may a statement take, and a part costs no more than a new login: after a tenth, 90 s of 900 s,
 * each statement has 13 minutes at least.
 */
export const PAUSE_SHARE = 0.1;

/**
 * So long a part may wait for its turn, in seconds: Lambda keeps an event that it cannot start for six hours (Lambda
 * Developer Guide, "How Lambda handles errors and retries with asynchronous invocation").
 */
export const TURN_SECONDS = 6 * 3_600;

/** No run takes more functions: a day at the least, and an end to whatever should go wrong. */
export const MOST_PARTS = 1_000;
