/** What stands in the fields of the sign-in form, and what is wrong with it: no server is needed to say either. */
import { Keys } from '#contract/people.ts';
import { type PastedKeys, parsePastedKeys } from './parse-pasted-keys.ts';

export type KeysDraft = Required<PastedKeys>;
export type KeysErrors = Partial<Record<keyof KeysDraft, string>>;

export const NO_KEYS: KeysDraft = { accessKeyId: '', secretAccessKey: '', sessionToken: '' };

/** What each field is called, on its label and in what is said of it. */
export const KEY_LABELS: Record<keyof KeysDraft, string> = {
  accessKeyId: 'Access key ID',
  secretAccessKey: 'Secret access key',
  sessionToken: 'Session token',
};

/** `ASIA` begins temporary keys, which need a session token; `AKIA` long-term ones (IAM identifiers reference). */
export type KeysKind = 'temporary' | 'long-term' | undefined;
export function kindOfKeys(accessKeyId: string): KeysKind {
  const id = accessKeyId.trim().toUpperCase();
  if (id.startsWith('ASIA')) return 'temporary';
  return id.startsWith('AKIA') ? 'long-term' : undefined;
}

/** Takes pasted text apart. A new access key ID replaces everything, so that old and new keys never mix. */
export function pasteInto(draft: KeysDraft, text: string): { draft: KeysDraft; filled: number } | undefined {
  const pasted = parsePastedKeys(text);
  if (!pasted) return undefined;
  return { draft: { ...(pasted.accessKeyId ? NO_KEYS : draft), ...pasted }, filled: Object.keys(pasted).length };
}

/** The keys as the API takes them, or what is wrong, by field. Long-term keys are sent without a token. */
export function checkDraft(draft: KeysDraft): { keys: Keys } | { errors: KeysErrors } {
  const temporary = kindOfKeys(draft.accessKeyId) === 'temporary';
  const { sessionToken, ...pair } = draft;
  const parsed = Keys.safeParse(temporary && sessionToken.trim() ? draft : pair);
  const errors: KeysErrors = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0] as keyof KeysDraft;
    errors[field] ??= draft[field].trim() ? sentence(field, issue.message) : sentence(field, 'is missing');
  }
  if (temporary && !sessionToken.trim())
    errors.sessionToken = 'Keys that begin with ASIA are temporary: they need their session token.';
  if (Object.keys(errors).length > 0 || !parsed.data) return { errors };
  return { keys: parsed.data };
}

/** Names a field in front of what a schema says of it: `is too short` → `The secret access key is too short.` */
export function sentence(field: string, message: string): string {
  const label = Object.hasOwn(KEY_LABELS, field) ? KEY_LABELS[field as keyof KeysDraft] : undefined;
  if (!label || !/^[a-z]/.test(message)) return message;
  return `The ${label[0]?.toLowerCase()}${label.slice(1)} ${message}.`;
}
