import { AppError } from '#contract/errors.ts';
import type { Handlers } from '#core/http/handler.ts';

const unknown = async (): Promise<never> => {
  throw new AppError('SCRIPT_NOT_FOUND');
};

/** Saved scripts: found, read, saved with versions, deleted. */
export const scripts = (): Handlers<'scripts'> => ({
  scripts: async () => ({ scripts: [] }),
  script: unknown,
  scriptVersions: unknown,
  saveScript: unknown,
  deleteScript: unknown,
});
