/** What a piece of work took of this process. */
export interface Spent {
  readonly elapsedMs: number;
  /** Of the processor's time. */
  readonly cpuMs: number;
  /** The most memory that was resident, in bytes. */
  readonly peak: number;
  readonly rows: number;
  readonly bytes: number;
}

export const spending = () => ({ at: performance.now(), cpu: process.cpuUsage() });

export const spentSince = ({ at, cpu }: ReturnType<typeof spending>): Pick<Spent, 'elapsedMs' | 'cpuMs' | 'peak'> => {
  const { user, system } = process.cpuUsage(cpu);
  return {
    elapsedMs: performance.now() - at,
    cpuMs: (user + system) / 1_000,
    peak: process.resourceUsage().maxRSS * 1_024,
  };
};
