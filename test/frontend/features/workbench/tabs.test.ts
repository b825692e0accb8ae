import {
  activateTab,
  changeTab,
  closeTab,
  freeTitle,
  moveTab,
  NO_TABS,
  openTab,
  reopenTab,
  stepTab,
  type Tab,
  type Tabs,
} from '../../../../frontend/src/features/workbench/tabs.ts';

const tab = (id: string, text = 'select 1'): Tab => ({ id, title: id, text });
const open = (...ids: string[]): Tabs => ids.reduce((state, id) => openTab(state, tab(id)), NO_TABS);
const ids = (state: Tabs): string => state.tabs.map(({ id }) => id).join('');

describe('openTab', () => {
  it('opens right of the active one, and in front', () => {
    const state = openTab(activateTab(open('a', 'b', 'c'), 'a'), tab('d'));
    expect([ids(state), state.active]).toEqual(['adbc', 'd']);
  });
});

describe('closeTab', () => {
  it('brings the right neighbour to the front, else the left one', () => {
    const state = activateTab(open('a', 'b', 'c'), 'b');
    expect(closeTab(state, 'b').active).toBe('c');
    expect(closeTab(closeTab(state, 'b'), 'c').active).toBe('a');
  });

  it('leaves the front alone where another tab closes', () => {
    expect(closeTab(open('a', 'b'), 'a').active).toBe('b');
  });

  it('leaves nothing active behind the last', () => {
    expect(closeTab(open('a'), 'a')).toEqual({ tabs: [], closed: [tab('a')] });
  });

  it('changes nothing for a tab that is not there', () => {
    const state = open('a');
    expect(closeTab(state, 'z')).toBe(state);
  });
});

describe('reopenTab', () => {
  it('brings back what was closed last, with its text', () => {
    const state = reopenTab(closeTab(open('a', 'b'), 'b'));
    expect([ids(state), state.active, state.tabs[1]?.text]).toEqual(['ab', 'b', 'select 1']);
  });

  it('does not keep empty tabs', () => {
    const state = closeTab(openTab(NO_TABS, tab('a', ' \n')), 'a');
    expect(reopenTab(state)).toBe(state);
  });

  it('keeps the last ten', () => {
    let state = NO_TABS;
    for (let number = 0; number < 12; number += 1) state = closeTab(openTab(state, tab(`t${number}`)), `t${number}`);
    expect(state.closed.map(({ id }) => id)).toEqual(['t2', 't3', 't4', 't5', 't6', 't7', 't8', 't9', 't10', 't11']);
  });
});

describe('stepTab', () => {
  it('goes round the ends', () => {
    const state = open('a', 'b', 'c');
    expect(stepTab(state, 1).active).toBe('a');
    expect(stepTab(stepTab(state, 1), -1).active).toBe('c');
  });

  it('has nowhere to go without tabs', () => {
    expect(stepTab(NO_TABS, 1)).toBe(NO_TABS);
  });
});

describe('moveTab', () => {
  it('moves by so many places, and stops at the ends', () => {
    const state = open('a', 'b', 'c');
    expect(ids(moveTab(state, 'a', 1))).toBe('bac');
    expect(ids(moveTab(state, 'a', 9))).toBe('bca');
    expect(ids(moveTab(state, 'c', -2))).toBe('cab');
    expect(moveTab(state, 'a', -1)).toBe(state);
  });

  it('keeps the same tab in front', () => {
    expect(moveTab(open('a', 'b'), 'b', -1).active).toBe('b');
  });
});

describe('changeTab', () => {
  it('changes what is given, and that tab only', () => {
    const state = changeTab(open('a', 'b'), 'a', { text: 'select 2', connectionKey: 'k' });
    expect(state.tabs).toEqual([{ id: 'a', title: 'a', text: 'select 2', connectionKey: 'k' }, tab('b')]);
  });

  it('keeps the old title where the new one is empty', () => {
    expect(changeTab(open('a'), 'a', { title: '  ' }).tabs[0]?.title).toBe('a');
    expect(changeTab(open('a'), 'a', { title: ' Orders ' }).tabs[0]?.title).toBe('Orders');
  });
});

describe('freeTitle', () => {
  it('takes the first number that no tab has', () => {
    let state = open('x');
    expect(freeTitle(state)).toBe('Query 1');
    state = changeTab(state, 'x', { title: 'Query 1' });
    expect(freeTitle(state)).toBe('Query 2');
  });
});
