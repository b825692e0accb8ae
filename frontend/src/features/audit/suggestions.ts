/** Whom and what the record can be searched for, by a part of a name. */
import { call } from '../../api.ts';
import type { Suggestion } from '../../components/suggest-field.tsx';
import { placeText } from '../explorer/place-text.ts';
import type { Desk } from '../workbench/desk.ts';

/** As many as anybody reads: the rest is found by typing on. */
const SHOWN = 12;

/** Users by name or ARN, as the server knows them: there may be thousands. */
export async function suggestUsers(text: string, signal: AbortSignal): Promise<Suggestion[]> {
  const { users } = await call('users', { body: { limit: SHOWN, ...(text && { text }) } }, signal);
  return users.map(({ id, name, arn }) => ({ value: id, label: name, detail: arn }));
}

/** Resources that discovery has found; whoever types an ARN may look for that one, though it is gone. */
export async function suggestResources(desk: Desk, text: string): Promise<Suggestion[]> {
  const wanted = text.toLowerCase();
  const found = desk.explorer
    .found()
    .filter(({ resource: { id, name } }) => `${name} ${id}`.toLowerCase().includes(wanted))
    .map((spot) => ({ value: spot.resource.id, label: spot.resource.name, detail: placeText(spot) }));
  const typed = /^arn:[^:]+:/.test(text) ? [{ value: text, label: text, detail: 'This ARN' }] : [];
  return [...new Map([...found, ...typed].map((one) => [one.value, one])).values()].slice(0, SHOWN);
}
