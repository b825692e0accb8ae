/**
 * Scrolling through more than an element can be tall. Browsers cap a height at some 17 to 33 million pixels, and rounding
 * shows long before; ten million rows of 24 px are 240 million. So the scrolled element is at most `TALLEST` high, and
 * this class keeps two positions: the element's `physical` one and the `virtual` one in the full height.
 *
 * A small movement (wheel, touch, its momentum) moves both by the same pixels, so that rows pass under the pointer as
 * they would in a short list, natively. A drag of the scrollbar maps proportionally. The two drift apart while moving by
 * pixels; once scrolling rests (or the element hits its end before the rows do) `settle` brings them together, moving
 * the element and the rows in it by the same amount, which nobody sees.
 */
export const TALLEST = 6_000_000;

export class ScaledScroll {
  #content = 0;
  #viewport = 0;
  #physical = 0;
  #virtual = 0;

  /** The scrolled element's height. */
  get height(): number {
    return Math.min(this.#content, TALLEST);
  }

  /** The first visible pixel of the full height. */
  get virtual(): number {
    return this.#virtual;
  }

  /** What is added to a position in the full height to get one in the scrolled element. */
  get shift(): number {
    return this.#physical - this.#virtual;
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
    return way === 0 ? 0 : this.#clamp((physical / way) * this.#furthest(this.#content));
  }

  #toPhysical(virtual: number): number {
    const way = this.#furthest(this.#content);
    return way === 0 ? 0 : (virtual / way) * this.#furthest(this.height);
  }
}
