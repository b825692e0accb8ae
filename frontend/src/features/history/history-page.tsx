/** Its content comes with the page's own commit. */
export function HistoryPage() {
  return null;
}
