/** What the page of automations shows, as the fragment of its URL says it: a link, a reload and the way back keep it. */

export type View =
  | { readonly kind: 'list' }
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'change'; readonly id: string }
  | { readonly kind: 'make'; readonly scriptId?: string };

export function toFragment(view: View): string {
  if (view.kind === 'list') return '';
  if (view.kind === 'make') return view.scriptId ? `#script=${encodeURIComponent(view.scriptId)}` : '#new';
  return `#${view.kind}=${encodeURIComponent(view.id)}`;
}

export function fromFragment(fragment: string): View {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const [one, change, scriptId] = ['one', 'change', 'script'].map((name) => given.get(name));
  if (one) return { kind: 'one', id: one };
  if (change) return { kind: 'change', id: change };
  if (scriptId) return { kind: 'make', scriptId };
  return given.has('new') ? { kind: 'make' } : { kind: 'list' };
}
