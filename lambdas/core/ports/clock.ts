/** The time now; a test sets its own. */
export type Clock = () => Date;
