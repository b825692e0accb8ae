/**
 * Where a list of documents of unequal heights stands, when nobody knows the heights of those that were never looked at.
 * A place is a document and so many pixels into it. A small movement goes by pixels; a drag of the scrollbar goes by
 * documents, as if all were of one height. Once scrolling rests, `settle` says where the scrollbar belongs.
 */
export interface Place {
  readonly document: number;
  /** In pixels, from its top. */
  readonly offset: number;
}

/** The scrolled element is as high as this a document, and never higher than browsers can show. In pixels. */
const NOMINAL = 160;
const TALLEST = 6_000_000;

export class DocumentScroll {
  readonly #heightOf: (document: number) => number;
  #count = 0;
  #viewport = 0;
  #physical = 0;
  #place: Place = { document: 0, offset: 0 };

  constructor(heightOf: (document: number) => number) {
    this.#heightOf = heightOf;
  }

  get place(): Place {
    return this.#place;
  }

  /** The scrolled element's height. */
  get height(): number {
    if (this.#fits) return this.#viewport;
    return Math.max(this.#viewport + 2, Math.min(this.#count * NOMINAL, TALLEST));
  }

  /** So many documents in so high a view; heights may have changed, too. Returns where the element must be scrolled to. */
  resize(count: number, viewport: number): number {
    this.#count = count;
    this.#viewport = viewport;
    this.#place = this.#held(this.#place);
    return this.settle();
  }

  /** The element was scrolled to here. */
  scrolled(to: number): void {
    const by = to - this.#physical;
    this.#physical = to;
    if (Math.abs(by) > 4 * this.#viewport) this.#place = this.#nominal(to);
    else this.move(by);
  }

  /** The height of the view. */
  get view(): number {
    return this.#viewport;
  }

  /** Moves by pixels; infinitely many lead to an end. */
  move(by: number): void {
    if (!Number.isFinite(by)) {
      this.#place = by < 0 ? { document: 0, offset: 0 } : this.#last();
      return;
    }
    let { document, offset } = this.#place;
    offset += by;
    while (offset < 0 && document > 0) {
      document -= 1;
      offset += this.#heightOf(document);
    }
    while (document < this.#count - 1 && offset >= this.#heightOf(document)) {
      offset -= this.#heightOf(document);
      document += 1;
    }
    this.#place = this.#held({ document, offset: Math.max(0, offset) });
  }

  /** True when the element has come to an end where the documents have not. */
  get strained(): boolean {
    const { document, offset } = this.#place;
    const last = this.#last();
    const atEnd = document > last.document || (document === last.document && offset >= last.offset);
    const atStart = document === 0 && offset === 0;
    return (this.#physical <= 0 && !atStart) || (this.#physical >= this.height - this.#viewport && !atEnd);
  }

  /** Where the element must be scrolled to, to agree with the place. */
  settle(): number {
    const { document, offset } = this.#place;
    const last = this.#last();
    const way = this.height - this.#viewport;
    const full = position(last, this.#heightOf);
    this.#physical =
      full === 0 ? 0 : Math.round(Math.min(1, position({ document, offset }, this.#heightOf) / full) * way);
    return this.#physical;
  }

  /** The browser rounds: the element stands here now. */
  arrived(physical: number): void {
    this.#physical = physical;
  }

  /** The documents in view, each with its top in the view, in pixels. */
  visible(): { readonly document: number; readonly top: number }[] {
    const seen = [];
    let top = 0 - this.#place.offset;
    for (let document = this.#place.document; document < this.#count && top < this.#viewport; document++) {
      seen.push({ document, top });
      top += this.#heightOf(document);
    }
    return seen;
  }

  get #fits(): boolean {
    const { document, offset } = this.#last();
    return document === 0 && offset === 0;
  }

  #nominal(physical: number): Place {
    const last = this.#last();
    const part = Math.min(1, physical / Math.max(1, this.height - this.#viewport));
    const at = part * (last.document + 1);
    const document = Math.min(last.document, Math.floor(at));
    return this.#held({ document, offset: (at - document) * this.#heightOf(document) });
  }

  /** Not beyond the place from which the last document ends the view. */
  #held(place: Place): Place {
    const last = this.#last();
    const beyond = place.document > last.document || (place.document === last.document && place.offset > last.offset);
    return beyond ? last : place;
  }

  #last(): Place {
    let left = this.#viewport;
    for (let document = this.#count - 1; document >= 0; document--) {
      const height = this.#heightOf(document);
      if (height >= left) return { document, offset: height - left };
      left -= height;
    }
    return { document: 0, offset: 0 };
  }
}

/** Counted in documents. */
const position = ({ document, offset }: Place, heightOf: (document: number) => number): number =>
  document + Math.min(1, offset / Math.max(1, heightOf(document)));
