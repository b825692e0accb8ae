import { createStore } from '../../../frontend/src/app/store.ts';

describe('a store', () => {
  it('holds its value and takes the next', () => {
    const store = createStore(1);
    store.set(2);
    store.set((now) => now * 10);
    expect(store.get()).toBe(20);
  });

  it('tells who listens, until they leave', () => {
    const store = createStore('a');
    const heard: string[] = [];
    const leave = store.subscribe(() => heard.push(store.get()));
    store.set('b');
    leave();
    store.set('c');
    expect(heard).toEqual(['b']);
  });

  it('tells nobody of the same value', () => {
    const store = createStore({ a: 1 });
    const listener = jest.fn();
    store.subscribe(listener);
    store.set((now) => now);
    expect(listener).not.toHaveBeenCalled();
  });

  it('lets a listener leave while it is told', () => {
    const store = createStore(0);
    const other = jest.fn();
    const leave = store.subscribe(() => leave());
    store.subscribe(other);
    store.set(1);
    expect(other).toHaveBeenCalledTimes(1);
  });
});
