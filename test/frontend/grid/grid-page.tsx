/** A page with nothing on it but a grid: bundled and opened by grid.test.ts. */
import { createRoot } from 'react-dom/client';
import type { ResultColumn } from '#contract/results.ts';
import '../../../frontend/src/app/tokens.css';
import '../../../frontend/src/app/base.css';
import { Grid } from '../../../frontend/src/grid/grid.tsx';
import { GridModel } from '../../../frontend/src/grid/grid-model.ts';
import { ResultStore } from '../../../frontend/src/grid/result-store.ts';
import { writeRowsLine } from '../../../frontend/src/grid/rows-line.ts';

/** Rows of one line. Many rows are the same line many times: the values of row n are those of n modulo this. */
const LINE = 1_000;
const KINDS = ['number', 'text', 'json'] as const;

interface GridPage {
  /** Shows a grid with so many rows and columns. */
  show(rows: number, columns: number): void;
  /** More rows arrive, a thousand at a time. */
  add(lines: number): void;
  /** What was asked of what stands around the grid. */
  readonly asked: string[];
  hide(hidden: boolean): void;
}
declare global {
  interface Window {
    page: GridPage;
  }
}

const root = createRoot(document.getElementById('root') ?? document.body);
let store: ResultStore | undefined;
let id = 0;

function lineOf(columns: number) {
  const values = Array.from({ length: columns }, (_, column) =>
    Array.from({ length: LINE }, (_, row) => (row % 10 === 3 && column === 1 ? null : `${row}.${column}`)),
  );
  return writeRowsLine({ count: LINE, values });
}

function show(rows: number, columns: number): void {
  const infos = Array.from({ length: columns }, (_, column): ResultColumn => {
    const kind = KINDS[column % KINDS.length] ?? 'text';
    return { name: `column ${column}`, type: kind, kind, key: column === 0 };
  });
  store = new ResultStore(infos);
  add(Math.ceil(rows / LINE));
  const makeWorker = () => {
    throw new Error('Nothing is sorted on this page');
  };
  const model = new GridModel(store, { dialect: 'postgres', makeWorker });
  const note = (what: string) => window.page.asked.push(what);
  const actions = {
    open: () => note('open'),
    copy: (format: string) => note(`copy ${format}`),
    find: () => note('find'),
    close: () => false,
  };
  id += 1;
  root.render(<Grid key={id} model={model} label="Test" actions={actions} onMenu={() => note('menu')} />);
}

function add(lines: number): void {
  const line = lineOf(store?.columns.length ?? 0);
  for (let count = 0; count < lines; count++) store?.append(line);
}

function hide(hidden: boolean): void {
  document.getElementById('root')?.toggleAttribute('hidden', hidden);
}

window.page = { show, add, asked: [], hide };
