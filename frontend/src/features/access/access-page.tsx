/** Its content comes with the page's own commit. */
export function AccessPage() {
  return null;
}
