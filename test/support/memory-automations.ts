import { AppError } from '#contract/errors.ts';
import { pageByName, placeOf } from '#core/aws/store/by-name.ts';
import type { Automations, StoredAutomation } from '#core/ports/automations.ts';
import type { Clock } from '#core/ports/clock.ts';

/** Automations in memory, with the same promises as those of the table. */
export function memoryAutomations(clock: Clock, initial: readonly StoredAutomation[] = []): Automations {
  const kept = new Map(initial.map((automation) => [automation.id, automation]));
  const now = () => clock().toISOString();
  return {
    read: async (id) => kept.get(id),
    async list(page) {
      const found = [...kept.values()].map((item) => ({ item, place: placeOf(item.name, item.id) }));
      const { items, ...more } = pageByName(found, page);
      return { automations: items, ...more };
    },
    async create(id, automation, owner) {
      if (kept.has(id)) throw new AppError('CHANGED_MEANWHILE');
      const made = { ...automation, id, owner, createdAt: now(), changedAt: now(), changedBy: owner, revision: 1 };
      kept.set(id, made);
      return made;
    },
    async change(id, revision, automation, changedBy) {
      const before = kept.get(id);
      if (!before) throw new AppError('AUTOMATION_NOT_FOUND');
      if (before.revision !== revision) throw new AppError('CHANGED_MEANWHILE');
      const { owner, createdAt } = before;
      const made = { ...automation, id, owner, createdAt, changedAt: now(), changedBy, revision: revision + 1 };
      kept.set(id, made);
      return made;
    },
    remove: async (id) => kept.delete(id),
  };
}
