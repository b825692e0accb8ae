import type { Run } from '#contract/automations.ts';

/** Of a run that may write, and went on in several functions: what of it is done, whatever became of the rest. */
export function doneBefore({ readOnly, part }: Pick<Run, 'readOnly' | 'part'>): string[] {
  if (readOnly || !part) return [];
  const { from, statements } = part;
  return [
    from === 1
      ? `Statement 1 of the ${statements} of the script is done.`
      : `Statements 1 to ${from} of the ${statements} of the script are done.`,
  ];
}
