/** What was filled in of the claim, kept as long as the window: signing out, going back and loading anew lose nothing. */
import type { SettingsForm } from '../settings/settings-form.ts';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (userId: string): string => `lodge-claim-${userId}`;

/** As it was left; what is proposed where there is nothing, or what an older page has kept. */
export function readDraft(passing: Kept, userId: string, proposed: SettingsForm): SettingsForm {
  try {
    const kept = JSON.parse(passing.getItem(nameOf(userId)) ?? '{}') as SettingsForm;
    const fields = (form: object) => Object.keys(form).toSorted().join();
    return fields(kept) === fields(proposed) ? kept : proposed;
  } catch {
    return proposed;
  }
}

export const keepDraft = (passing: Kept, userId: string, form: SettingsForm): void =>
  passing.setItem(nameOf(userId), JSON.stringify(form));

export const dropDraft = (passing: Kept, userId: string): void => passing.removeItem(nameOf(userId));
