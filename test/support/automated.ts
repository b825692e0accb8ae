/** Scheduler, machine, function and bucket of automations, which do nothing but keep what they are asked. */
import type { Machine, Runner, Schedules } from '#core/ports/automations.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Results } from '#core/ports/results.ts';

export type Asked = [what: string, ...given: unknown[]][];

export const DEPLOYED = {
  runnerRoleArn: 'arn:aws:iam::111122223333:role/runner',
  externalId: 'lodge-1',
  notifies: true,
  bucket: 'lodge-results',
};

/** While `broken.schedules` the scheduler fails. */
export function automated(clock: Clock, asked: Asked) {
  const noted =
    (what: string) =>
    async (...given: unknown[]): Promise<void> =>
      void asked.push([what, ...given]);
  const broken = { schedules: false };
  const schedules: Schedules = {
    async put(...given) {
      if (broken.schedules) throw new Error('the scheduler is away');
      asked.push(['schedules.put', ...given]);
    },
    remove: noted('schedules.remove'),
  };
  const machine: Machine = {
    async start(...given) {
      asked.push(['machine.start', ...given]);
      return 'arn:aws:states:eu-central-1:111122223333:execution:Lodge:one';
    },
    stop: noted('machine.stop'),
  };
  const runner: Runner = {
    async check(plan) {
      asked.push(['runner.check', plan]);
      return [{ step: 'role', state: 'passed' }];
    },
  };
  const results: Results = {
    async preview(object, { credentials }) {
      asked.push(['results.preview', object, credentials.accessKeyId]);
      return { columns: ['id'], rows: [['1']], url: 'https://bucket.example/', expiresAt: clock().toISOString() };
    },
  };
  return { broken, schedules, machine, runner, results, deployed: DEPLOYED };
}
