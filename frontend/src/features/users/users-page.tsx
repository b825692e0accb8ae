/** Its content comes with the page's own commit. */
export function UsersPage() {
  return null;
}
