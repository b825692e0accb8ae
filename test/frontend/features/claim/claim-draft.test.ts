import { dropDraft, keepDraft, readDraft } from '../../../../frontend/src/features/claim/claim-draft.ts';
import { proposedForm } from '../../../../frontend/src/features/settings/settings-form.ts';

const proposed = proposedForm('Kontor', ['eu-central-1']);

function storage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe('the claim, half filled in', () => {
  it('is as it was left, for the same user alone', () => {
    const passing = storage();
    keepDraft(passing, 'ada', { ...proposed, sessionMinutes: 'nine' });
    expect(readDraft(passing, 'ada', proposed).sessionMinutes).toBe('nine');
    expect(readDraft(passing, 'ben', proposed)).toBe(proposed);
  });

  it('is forgotten once it was claimed', () => {
    const passing = storage();
    keepDraft(passing, 'ada', proposed);
    dropDraft(passing, 'ada');
    expect(passing.items.size).toBe(0);
  });

  it('is not taken up from a page that knew other fields', () => {
    const passing = storage();
    passing.setItem('lodge-claim-ada', JSON.stringify({ name: 'Kontor' }));
    expect(readDraft(passing, 'ada', proposed)).toBe(proposed);
    passing.setItem('lodge-claim-ada', 'nonsense');
    expect(readDraft(passing, 'ada', proposed)).toBe(proposed);
  });
});
