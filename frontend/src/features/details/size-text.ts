const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A number of bytes for people, in steps of 1,024 as databases count them: `1.2 MB`. */
export function sizeText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1_024 ** step;
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}
