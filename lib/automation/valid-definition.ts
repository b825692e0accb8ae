import validate from 'asl-validator';
import type { Places, StateMachine } from '#core/automation/states-language.ts';

/** In the place of what only a deployment knows. */
const SOMEWHERE: Places = {
  partition: 'aws',
  runner: 'arn:aws:lambda:eu-central-1:111122223333:function:run-script',
  bucket: 'results',
};
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:notices';

/** What is wrong with a definition by the rules of the States Language, its expressions included; none: it is valid. */
export function definitionErrors(define: (places: Places) => StateMachine, { tells }: { tells: boolean }): string[] {
  const definition = define({ ...SOMEWHERE, topic: tells ? TOPIC : undefined });
  // It writes into what it is handed.
  const validation = validate(structuredClone(definition));
  return validation.isValid ? [] : [validation.errorsText()];
}
