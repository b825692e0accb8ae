import { isPressed, keySigns, keyText } from '../../../frontend/src/commands/keys.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('isPressed', () => {
  it('takes Ctrl for Mod, and Command on a Mac', () => {
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed('Mod+K', press('k', { metaKey: true }), true)).toBe(true);
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(isPressed('Mod+K', press('k', { ctrlKey: true, metaKey: true }), false)).toBe(false);
  });

  it('wants exactly the keys that are named', () => {
    expect(isPressed('F2', press('F2'), false)).toBe(true);
    expect(isPressed('F2', press('F2', { shiftKey: true }), false)).toBe(false);
    expect(isPressed('Alt+Shift+PageDown', press('PageDown', { altKey: true, shiftKey: true }), false)).toBe(true);
    expect(isPressed('Alt+PageDown', press('PageDown', { altKey: true, shiftKey: true }), false)).toBe(false);
    expect(isPressed('Mod+K', press('k'), false)).toBe(false);
  });

  it('knows letters and digits by their place, where Alt writes another sign', () => {
    expect(isPressed('Alt+W', press('∑', { code: 'KeyW', altKey: true }), true)).toBe(true);
    expect(isPressed('Alt+1', press('¡', { code: 'Digit1', altKey: true }), true)).toBe(true);
  });

  it('takes a question mark on any keyboard', () => {
    expect(isPressed('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(isPressed('?', press('/', { shiftKey: true }), false)).toBe(false);
  });
});

describe('the signs', () => {
  it('are those of the keyboard', () => {
    expect(keyText('Mod+Shift+K', false)).toBe('Ctrl+Shift+K');
    expect(keyText('Mod+Shift+K', true)).toBe('⌘⇧K');
    expect(keySigns('Alt+PageDown', false)).toEqual(['Alt', 'Page Down']);
    expect(keySigns('Mod+Enter', false)).toEqual(['Ctrl', '↵']);
  });
});
