/**
 * Scrolling through more than an element can be tall. Browsers cap a height at some 17 to 33 million pixels, and rounding
 * shows long before; ten million rows of 24 px are 240 million. So the scrolled element is at most `TALLEST` high, and
 * this class keeps two positions: the element's `physical` one and the `virtual` one in the full height.
 *
 * A small movement (wheel, touch, its momentum) moves both by the same pixels, so that rows pass under the pointer as
 * they would in a short list. A drag of the scrollbar maps one to the other. The two drift apart while moving by pixels;
 * once scrolling rests `settle` brings the element to where the rows are, which nobody sees. Near both ends the two agree
 * to the pixel, so that a wheel that turns towards an end arrives there.
 */
export const TALLEST = 6_000_000;
/** At each end, so many pixels are the same in both positions: some two thousand rows. */
const EXACT = 50_000;

/** How tall the scrolled element is for a full height. */
export const heightFor = (content: number): number => Math.min(content, TALLEST);

export class ScaledScroll {
  #content = 0;
  #viewport = 0;
  #physical = 0;
  #virtual = 0;

  /** The scrolled element's height. */
  get height(): number {
    return heightFor(this.#content);
  }

  /** The first visible pixel of the full height. */
  get virtual(): number {
    return this.#virtual;
  }

  /** Sets the full height and the viewport's, in pixels; returns where the element must now be scrolled to. */
  resize(content: number, viewport: number): number {
    this.#content = content;
    this.#viewport = viewport;
    this.#virtual = this.#clamp(this.#virtual);
    return this.settle();
  }

  /** The element was scrolled, by a hand on its scrollbar (`dragged`) or by a wheel, a finger or its momentum. */
  scrolled(to: number, { dragged }: { dragged: boolean }): void {
    const by = to - this.#physical;
    this.#physical = to;
    // A jump of many screens is no wheel: a drag in a browser that does not tell, or a click into the scrollbar's track.
    const jumped = Math.abs(by) > 4 * this.#viewport;
    this.#virtual = dragged || jumped ? this.#toVirtual(to) : this.#clamp(this.#virtual + by);
  }

  /** True when the element has come to its end and the rows have not, or nearly: it must be settled at once. */
  get strained(): boolean {
    const top = this.#physical <= 0 && this.#virtual > 0;
    const bottom = this.#physical >= this.#furthest(this.height) && this.#virtual < this.#furthest(this.#content);
    return top || bottom;
  }

  /** Where the element must be scrolled to, to agree with the virtual position. `arrived` says where it came to rest. */
  settle(): number {
    this.#physical = this.#toPhysical(this.#virtual);
    return this.#physical;
  }

  /** The browser rounds: the element stands here now. */
  arrived(physical: number): void {
    this.#physical = physical;
  }

  /** Moves to a position in the full height; returns where the element must be scrolled to. */
  moveTo(virtual: number): number {
    this.#virtual = this.#clamp(virtual);
    return this.settle();
  }

  /** Moves as little as needed to show `[from, from + size)`; undefined when it is in view already. */
  reveal(from: number, size: number): number | undefined {
    if (from < this.#virtual) return this.moveTo(from);
    if (from + size > this.#virtual + this.#viewport) return this.moveTo(from + size - this.#viewport);
    return undefined;
  }

  #furthest(height: number): number {
    return Math.max(0, height - this.#viewport);
  }

  #clamp(virtual: number): number {
    return Math.min(Math.max(0, virtual), this.#furthest(this.#content));
  }

  #toVirtual(physical: number): number {
    const way = this.#furthest(this.height);
    const full = this.#furthest(this.#content);
    if (physical <= EXACT || way === full) return this.#clamp(physical);
    if (physical >= way - EXACT) return this.#clamp(full - (way - physical));
    return EXACT + (physical - EXACT) / this.#scale();
  }

  #toPhysical(virtual: number): number {
    const way = this.#furthest(this.height);
    const full = this.#furthest(this.#content);
    if (virtual <= EXACT || way === full) return virtual;
    if (virtual >= full - EXACT) return way - (full - virtual);
    return EXACT + (virtual - EXACT) * this.#scale();
  }

  /** Physical pixels for a virtual one, between the two exact ends. */
  #scale(): number {
    return (this.#furthest(this.height) - 2 * EXACT) / (this.#furthest(this.#content) - 2 * EXACT);
  }
}
