import {
  FIRST_LAYOUT,
  fitPane,
  loadLayout,
  PANE,
  saveLayout,
} from '../../../../frontend/src/features/workbench/layout.ts';

const holding = (text: string | null) => ({ getItem: () => text });

describe('the layout', () => {
  it('comes back as it was left', () => {
    let written: string | null = null;
    const layout = { ...FIRST_LAYOUT, left: 400, rightOpen: true };
    saveLayout({ setItem: (_, text) => (written = text) }, layout);
    expect(loadLayout(holding(written))).toEqual(layout);
  });

  it('begins as designed where nothing readable is kept', () => {
    for (const text of [null, '', '{}', '{"left":-5,"right":300,"leftOpen":true,"rightOpen":true}'])
      expect(loadLayout(holding(text))).toEqual(FIRST_LAYOUT);
  });

  it('does not mind a browser that keeps nothing', () => {
    const full = {
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(() => saveLayout(full, FIRST_LAYOUT)).not.toThrow();
  });

  it('keeps a pane wide enough to read, and narrow enough to leave room', () => {
    expect(fitPane(10)).toBe(PANE.min);
    expect(fitPane(300.4)).toBe(300);
    expect(fitPane(9_999)).toBe(PANE.max);
  });
});
