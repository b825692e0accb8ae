import { DocumentScroll } from '../../../frontend/src/grid/document-scroll.ts';

/** Documents of 100 to 400 pixels. */
const heightOf = (document: number): number => 100 + (document % 4) * 100;
const opened = (count: number, view = 500) => {
  const asked = new Set<number>();
  const scroll = new DocumentScroll((document) => {
    asked.add(document);
    return heightOf(document);
  });
  scroll.resize(count, view);
  return { scroll, asked };
};

test('a few documents fit, and nothing scrolls', () => {
  const { scroll } = opened(2);
  expect(scroll.height).toBe(500);
  scroll.move(300);
  expect(scroll.visible()).toEqual([
    { document: 0, top: 0 },
    { document: 1, top: 100 },
  ]);
});

test('small movements go by pixels, there and back', () => {
  const { scroll } = opened(1_000);
  scroll.scrolled(350);
  expect(scroll.place).toEqual({ document: 2, offset: 50 });
  expect(scroll.visible()[0]).toEqual({ document: 2, top: -50 });
  scroll.scrolled(0);
  expect(scroll.place).toEqual({ document: 0, offset: 0 });
});

test('the last document ends the view', () => {
  const { scroll } = opened(100_000);
  scroll.move(Number.POSITIVE_INFINITY);
  const last = scroll.visible().at(-1);
  expect(last).toEqual({ document: 99_999, top: 500 - heightOf(99_999) });
  expect(scroll.settle()).toBe(scroll.height - 500);
  scroll.move(10_000);
  expect(scroll.visible().at(-1)).toEqual(last);
  scroll.move(Number.NEGATIVE_INFINITY);
  expect(scroll.settle()).toBe(0);
});

test('a drag to anywhere of a hundred thousand looks at those in view alone', () => {
  const { scroll, asked } = opened(100_000);
  scroll.scrolled(scroll.height / 2);
  expect(scroll.place.document).toBeGreaterThan(49_000);
  expect(scroll.place.document).toBeLessThan(51_000);
  scroll.visible();
  expect(asked.size).toBeLessThan(30);
});

test('an element at its end is strained where the documents are not at theirs', () => {
  const { scroll } = opened(100_000);
  scroll.arrived(0);
  scroll.move(900);
  expect(scroll.strained).toBe(true);
  scroll.settle();
  scroll.arrived(900);
  expect(scroll.strained).toBe(false);
});

test('fewer documents, as a search leaves them, keep the place within them', () => {
  const { scroll } = opened(1_000);
  scroll.move(Number.POSITIVE_INFINITY);
  scroll.resize(2, 500);
  expect(scroll.visible().map(({ document }) => document)).toEqual([0, 1]);
});
