/** What the describe calls of several services have in common. */

/** The fields that have a value: an optional field of a resource is absent, never undefined. */
export const present = <T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

/** AWS's list of tags as a record. */
export const tagsOf = (
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string> =>
  Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));

/** `host` or `host:port`, for calls that name a port only where it is not the usual one. */
export const addressOf = (text: string, usualPort: number): { host: string; port: number } => {
  const [, host = text, port] = /^(.+):(\d+)$/.exec(text) ?? [];
  return { host, port: port ? Number(port) : usualPort };
};

/** `0.5–16 ACU`: between which bounds something scales. */
export const rangeOf = (least: number | undefined, most: number | undefined, unit: string): string | undefined => {
  if (least === undefined && most === undefined) return undefined;
  return least === undefined || most === undefined || least === most
    ? `${least ?? most} ${unit}`
    : `${least}–${most} ${unit}`;
};
