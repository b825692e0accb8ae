/** The mark: a roof over a stack of rows. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--accent-fill)" />
      <g fill="none" stroke="#fff" strokeLinecap="round" strokeLinejoin="round">
        <path d="M5.5 17.5 16 7.5l10.5 10" strokeWidth="2.6" />
        <path d="M10 18.5h12M10 22h12M10 25.5h12" strokeWidth="2" opacity=".85" />
      </g>
    </svg>
  );
}
