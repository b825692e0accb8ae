/** The life of such a form: read, changed, kept while one is elsewhere, and written on the state that was read. */
import { ApiError } from '../../api.ts';
import { createStore, type Store } from '../../app/store.ts';
import {
  changedFields,
  choose,
  edit,
  firstRevision,
  isSame,
  type Revision,
  rebase,
  type Side,
  undecided,
} from './revision.ts';

/** What the server says: the form, which state it is, and what else the page shows. */
export interface Loaded<F, V> {
  readonly form: F;
  readonly revision: number;
  readonly view: V;
}

export interface RevisedState<F, V> {
  /** Undefined until it was read. */
  readonly now?: Revision<F>;
  readonly view?: V;
  /** It could not be read. */
  readonly failure?: unknown;
  readonly saving: boolean;
  /** It could not be written. */
  readonly refusal?: unknown;
  /** True until the next change. */
  readonly saved: boolean;
}

export interface Revised<F, V> {
  readonly state: Store<RevisedState<F, V>>;
  load(): Promise<void>;
  change(change: Partial<F>): void;
  choose(field: keyof F, side: Side): void;
  /** Back to what was read last. */
  discard(): void;
  /** Resolves with what has become of it. Where somebody was faster, what they did is taken in. */
  save(): Promise<'saved' | 'refused' | 'undecided'>;
}

interface Surroundings<F, V> {
  read(): Promise<Loaded<F, V>>;
  /** Errors: CHANGED_MEANWHILE. */
  write(form: F, revision: number): Promise<Loaded<F, V>>;
  /** Where changes are kept that are not saved: for as long as the window. */
  readonly passing: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly key: string;
}

export function openRevised<F extends object, V>({ read, write, passing, key }: Surroundings<F, V>): Revised<F, V> {
  const state = createStore<RevisedState<F, V>>({ saving: false, saved: false });
  const put = (change: Partial<RevisedState<F, V>>) => state.set((now) => ({ ...now, ...change }));
  const keep = (now: Revision<F>, change: Partial<RevisedState<F, V>> = {}) => {
    put({ now, ...change });
    if (changedFields(now).length > 0) passing.setItem(key, JSON.stringify(now));
    else passing.removeItem(key);
  };
  const alter = (change: (now: Revision<F>) => Revision<F>) => {
    const { now } = state.get();
    if (now) keep(change(now), { saved: false });
  };

  async function load(): Promise<void> {
    put({ failure: undefined });
    try {
      const { form, revision, view } = await read();
      const kept = state.get().now ?? parse<F>(passing.getItem(key), form);
      keep(kept ? onTopOf(kept, form, revision) : firstRevision(form, revision), { view });
    } catch (failure) {
      put({ failure });
    }
  }

  async function save(): Promise<'saved' | 'refused' | 'undecided'> {
    const { now, saving } = state.get();
    if (!now || saving) return 'refused';
    if (undecided(now).length > 0) return 'undecided';
    put({ saving: true, refusal: undefined });
    try {
      return await send(now);
    } finally {
      put({ saving: false });
    }
  }

  async function send(now: Revision<F>, again = true): Promise<'saved' | 'refused'> {
    try {
      const { form, revision, view } = await write(now.mine, now.revision);
      keep(firstRevision(form, revision), { view, saved: true });
      return 'saved';
    } catch (refusal) {
      const isChanged = refusal instanceof ApiError && refusal.code === 'CHANGED_MEANWHILE';
      if (isChanged) await load();
      const newer = state.get().now;
      // Somebody has saved, and nothing is another for it.
      if (isChanged && again && newer && newer.revision !== now.revision && isSame(newer.news, now.news))
        return send(newer, false);
      put({ refusal });
      return 'refused';
    }
  }

  return {
    state,
    load,
    save,
    change: (change) => alter((now) => edit(now, change)),
    choose: (field, side) => alter((now) => choose(now, field, side)),
    discard: () => {
      put({ refusal: undefined });
      alter(({ base, revision }) => firstRevision(base, revision));
    },
  };
}

const onTopOf = <F extends object>(kept: Revision<F>, form: F, revision: number): Revision<F> =>
  kept.revision === revision ? kept : rebase(kept, form, revision);

/** What was kept by a page that knew other fields is not taken up. */
function parse<F extends object>(text: string | null, like: F): Revision<F> | undefined {
  if (!text) return undefined;
  try {
    const kept = JSON.parse(text) as Revision<F>;
    const fields = (form: object) => Object.keys(form).toSorted().join();
    return fields(kept.mine) === fields(like) && fields(kept.base) === fields(like) ? kept : undefined;
  } catch {
    return undefined;
  }
}
