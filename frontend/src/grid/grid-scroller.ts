/** Ties a grid's scrolled element to its model: what of the grid is in view, and bringing a cell there. */
import { createStore, type Store } from '../app/store.ts';
import { SIZES } from '../app/theme.ts';
import type { GridModel } from './grid-model.ts';
import { type Cell, HEADER_ROW } from './selection.ts';
import { sameWindow, type VisibleWindow, visibleWindow } from './visible-window.ts';

/** Scrolling rests when no event came for so long. */
const REST_MS = 140;

export class GridScroller {
  readonly window: Store<VisibleWindow>;
  readonly #model: GridModel;
  #element: HTMLElement | undefined;
  #body: HTMLElement | undefined;
  /** Of the rows alone: without the header and the row numbers. */
  #width = 1_000;
  #height = 400;
  #rows = 0;
  #numbersWidth = 0;
  #dragged = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(model: GridModel) {
    this.#model = model;
    this.window = createStore(this.#look());
  }

  /** How many whole rows are in view: what a page moves by. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / SIZES.row) - 1);
  }

  /** `body` holds the rows; it is moved at every scroll, without React. Returns what lets go of both. */
  attach(element: HTMLElement, body: HTMLElement): () => void {
    this.#element = element;
    this.#body = body;
    const leave = new AbortController();
    const { signal } = leave;
    element.addEventListener('scroll', () => this.#onScroll(), { passive: true, signal });
    element.addEventListener('pointerdown', (event) => this.#onPointerDown(event), { signal });
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(element);
    this.#measure();
    return () => {
      leave.abort();
      observer.disconnect();
      clearTimeout(this.#rest);
      this.#element = undefined;
      this.#body = undefined;
    };
  }

  /** There are other rows or columns: the element is brought to where the model is. */
  update(rows: number, numbersWidth: number): void {
    this.#width += this.#numbersWidth - numbersWidth;
    this.#numbersWidth = numbersWidth;
    this.#rows = rows;
    this.#settle(this.#model.scroll.resize(rows * SIZES.row, this.#height));
    const element = this.#element;
    if (element && this.#visible && element.scrollLeft !== this.#model.scrolledLeft)
      element.scrollLeft = this.#model.scrolledLeft;
    this.#show();
  }

  /** Scrolls as little as needed to show a cell. */
  reveal({ row, column }: Cell): void {
    const element = this.#element;
    if (!element) return;
    const physical = row === HEADER_ROW ? undefined : this.#model.scroll.reveal(row * SIZES.row, SIZES.row);
    if (physical !== undefined) this.#settle(physical);
    const { layout } = this.#model.state.get();
    const left = layout.left(column);
    const right = layout.left(column + 1);
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + this.#width) element.scrollLeft = Math.min(left, right - this.#width);
    this.#model.scrolledLeft = element.scrollLeft;
    this.#show();
  }

  /** Moves by some pixels: a selection that is dragged over the edge takes the rows with it. */
  moveBy(x: number, y: number): void {
    const element = this.#element;
    if (!element) return;
    element.scrollLeft += x;
    this.#model.scrolledLeft = element.scrollLeft;
    if (y !== 0) this.#settle(this.#model.scroll.moveTo(this.#model.scroll.virtual + y));
    this.#show();
  }

  /** The cell under a point of the page; outside of the rows the nearest one, in the header `row: -1`. */
  cellAt(clientX: number, clientY: number): Cell {
    const box = this.#element?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const { layout } = this.#model.state.get();
    const x = clientX - box.left - this.#numbersWidth + this.#model.scrolledLeft;
    const y = clientY - box.top - SIZES.gridHeader + this.#model.scroll.virtual;
    return { row: Math.min(Math.floor(y / SIZES.row), this.#rows - 1), column: layout.columnAt(x) };
  }

  /** How far a point lies outside of the rows, on either axis; 0 inside. */
  beyond(clientX: number, clientY: number): { x: number; y: number } {
    const box = this.#element?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    const left = box.left + this.#numbersWidth;
    const top = box.top + SIZES.gridHeader;
    return {
      x: outside(clientX, left, left + this.#width),
      y: outside(clientY, top, top + this.#height),
    };
  }

  /** A hidden tab has no size, and what it says of its scroll position is not true. */
  get #visible(): boolean {
    return (this.#element?.clientHeight ?? 0) > 0;
  }

  #measure(): void {
    const element = this.#element;
    if (!element || !this.#visible) return;
    const { active } = this.#model.state.get().selection;
    const wasSeen = this.#sees(active);
    this.#width = element.clientWidth - this.#numbersWidth;
    this.#height = element.clientHeight - SIZES.gridHeader;
    this.update(this.#rows, this.#numbersWidth);
    // A pane beside the grid takes room from it, but not the cell that one looks at.
    if (wasSeen && !this.#sees(active)) this.reveal(active);
  }

  /** True where a cell stands in view with its left edge. */
  #sees({ row, column }: Cell): boolean {
    const { scroll, scrolledLeft, state } = this.#model;
    const left = state.get().layout.left(column) - scrolledLeft;
    const top = row * SIZES.row - scroll.virtual;
    return left >= 0 && left < this.#width && top >= 0 && top + SIZES.row <= this.#height;
  }

  #look(): VisibleWindow {
    const { scroll, scrolledLeft, state } = this.#model;
    const viewport = { top: scroll.virtual, left: scrolledLeft, height: this.#height, width: this.#width };
    return visibleWindow(viewport, this.#rows, SIZES.row, state.get().layout);
  }

  #show(): void {
    const next = this.#look();
    const top = next.base * SIZES.row - this.#model.scroll.virtual;
    if (this.#body) this.#body.style.transform = `translateY(${toScreen(top)}px)`;
    this.window.set((now) => (sameWindow(now, next) ? now : next));
  }

  #settle(physical: number): void {
    const element = this.#element;
    if (!element || !this.#visible) return;
    if (Math.abs(element.scrollTop - physical) >= 0.5) element.scrollTop = physical;
    this.#model.scroll.arrived(element.scrollTop);
  }

  #onScroll(): void {
    const element = this.#element;
    if (!element || !this.#visible) return;
    const { scroll } = this.#model;
    this.#model.scrolledLeft = element.scrollLeft;
    scroll.scrolled(element.scrollTop, { dragged: this.#dragged });
    if (scroll.strained) this.#settle(scroll.settle());
    this.#show();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      if (!this.#dragged) this.#settle(scroll.settle());
    }, REST_MS);
  }

  /** A pointer that goes down on the element itself, right of all it holds, takes hold of its scrollbar. */
  #onPointerDown({ target, clientX }: PointerEvent): void {
    const element = this.#element;
    if (!element || target !== element) return;
    if (clientX < element.getBoundingClientRect().left + element.clientWidth) return;
    this.#dragged = true;
    addEventListener(
      'pointerup',
      () => {
        this.#dragged = false;
        this.#settle(this.#model.scroll.settle());
      },
      { once: true },
    );
  }
}

const outside = (at: number, from: number, to: number): number => (at < from ? at - from : at > to ? at - to : 0);

/** To whole pixels of the screen: text between two of them is blurred. */
const toScreen = (pixels: number): number => Math.round(pixels * devicePixelRatio) / devicePixelRatio;
