/** The list of scripts, read page by page as it is narrowed. */
import type { ScriptHead, ScriptSearch } from '#contract/scripts.ts';
import { call } from '../../api.ts';
import { openPaged, type Paged } from '../pages/paged.ts';

/** So many a page: the server reads the heads of all of them for each. */
const PAGE = 200;

type Narrowing = Pick<ScriptSearch, 'text' | 'tag' | 'whose'>;

export interface Scripts {
  readonly list: Paged<ScriptHead>;
  search(narrowing: Narrowing): void;
}

export function openScripts(): Scripts {
  let narrowing: Narrowing = { whose: 'all' };
  const list = openPaged<ScriptHead>({
    async read(cursor, tell, signal) {
      const body = { ...narrowing, limit: PAGE, ...(cursor && { cursor }) };
      const { scripts, next } = await call('scripts', { body }, signal);
      tell({ rows: scripts });
      return next;
    },
    keyOf: ({ id }) => id,
  });
  return {
    list,
    search(next) {
      narrowing = next;
      list.begin();
    },
  };
}
