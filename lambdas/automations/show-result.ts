import { AppError } from '#contract/errors.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Handler } from '#core/http/handler.ts';
import type { AutomationPorts } from './automations.ts';

/** Shows what a run wrote, with the keys of whoever asks: the bucket's and the key's policies decide, not Lodge. */
export const showResult =
  ({ store, runs, results, audit }: AutomationPorts): Handler<'result'> =>
  async ({ body: { automationId, runId: id } }, context) => {
    const { session, signal } = context;
    const [instance, run] = await Promise.all([store.instance(), runs.read({ id, automationId })]);
    if (!run) throw new AppError('RUN_NOT_FOUND');
    const { answer, script, format } = run;
    if (!answer?.bucket || !answer.key)
      throw new AppError('OBJECT_NOT_FOUND', { message: 'This run has written no result.' });
    const object = { bucket: answer.bucket, key: answer.key, format };
    const deed = { ...deedOf('result', context), script, change: `s3://${object.bucket}/${object.key}` };
    return recorded({ audit, instance }, deed, () => results.preview(object, session, signal));
  };
