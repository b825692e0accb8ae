/** A database of one figure, with its rows in it. */
export interface Store<Door> extends AsyncDisposable {
  readonly door: Door;
}
