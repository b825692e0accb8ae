/** What a rule of EventBridge matches on: `{"source": ["lodge"]}`. Those of AWS's own begin with `aws.`. */
export const EVENT_SOURCE = 'lodge';
