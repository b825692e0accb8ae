import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIZES } from '../../../frontend/src/app/theme.ts';

const css = readFileSync(join(__dirname, '../../../frontend/src/app/tokens.css'), 'utf8');
const SIDES = ['light', 'dark'] as const;

/** The colour of a token on one side of light-dark(), as three numbers from 0 to 1. */
function colour(token: string, side: 'light' | 'dark'): [number, number, number] {
  const found = new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const hex = found?.[side === 'light' ? 1 : 2];
  if (!hex) throw new Error(`There is no token ${token}.`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as [number, number, number];
}

/** The contrast ratio of WCAG 2.2 (relative luminance, sRGB). */
function contrast(one: string, other: string, side: 'light' | 'dark'): number {
  const [darker, lighter] = [one, other].map((token) => luminance(colour(token, side))).sort((a, b) => a - b);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}
function luminance(rgb: [number, number, number]): number {
  const [red, green, blue] = rgb.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

const SURFACES = ['bg', 'surface', 'surface-raised', 'surface-sunken', 'hover', 'selected', 'selected-inactive'];
const TEXTS = ['text', 'text-2'];
const ON_PLAIN = ['text-3', 'accent', 'danger', 'warning', 'code-keyword', 'code-string', 'code-number', 'code-type'];

describe.each(SIDES)('the tokens, %s', (side) => {
  it.each(TEXTS)('keep %s readable on every surface (4.5:1)', (text) => {
    for (const surface of SURFACES) expect([surface, contrast(text, surface, side) >= 4.5]).toEqual([surface, true]);
  });

  it.each(ON_PLAIN)('keep %s readable on the plain surfaces (4.5:1)', (text) => {
    for (const surface of ['bg', 'surface', 'surface-raised', 'surface-sunken'])
      expect([surface, contrast(text, surface, side) >= 4.5]).toEqual([surface, true]);
  });

  it('keep quiet text readable where a row is selected or hovered (4.5:1)', () => {
    for (const surface of ['hover', 'selected', 'selected-inactive'])
      expect([surface, contrast('text-3', surface, side) >= 4.5]).toEqual([surface, true]);
  });

  it('keep words on filled buttons readable', () => {
    for (const fill of ['accent-fill', 'accent-fill-hover'])
      expect(contrast('text-on-accent', fill, side)).toBeGreaterThanOrEqual(4.5);
  });

  it('keep what a notice says readable on its tint', () => {
    for (const tone of ['danger', 'warning']) {
      expect(contrast('text', `${tone}-soft`, side)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tone, `${tone}-soft`, side)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('keep the bounds of a control and the focus visible (3:1)', () => {
    for (const line of ['border-strong', 'focus'])
      for (const surface of ['bg', 'surface', 'surface-raised'])
        expect([line, surface, contrast(line, surface, side) >= 3]).toEqual([line, surface, true]);
  });
});

describe('the sizes', () => {
  it('are the same in scripts and in styles', () => {
    expect(css).toContain(`--row: ${SIZES.row}px;`);
    expect(css).toContain(`--grid-header: ${SIZES.gridHeader}px;`);
    expect(css).toContain(`--toolbar: ${SIZES.toolbar}px;`);
  });
});
