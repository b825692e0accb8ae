/** Its content comes with the page's own commit. */
export function AuditPage() {
  return null;
}
