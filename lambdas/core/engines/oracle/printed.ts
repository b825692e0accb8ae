/** What blocks print with DBMS_OUTPUT, which the database keeps until it is asked for. */
import type { Session } from './session.ts';

/** Lines that one round trip brings (DBMS_OUTPUT.GET_LINES); each has at most 32,767 bytes. */
const LINES = 1_000;
const LONGEST = 32_767;

const ENABLE = 'BEGIN DBMS_OUTPUT.ENABLE(NULL); END;';
const GET_LINES = 'BEGIN DBMS_OUTPUT.GET_LINES(:lines, :count); END;';

/** Where the user may not run DBMS_OUTPUT, nothing is shown. */
export async function beginPrinting(session: Session): Promise<boolean> {
  return session.execute(ENABLE).then(
    () => true,
    () => false,
  );
}

export async function printedBy(session: Session): Promise<string[]> {
  const printed: string[] = [];
  const { BIND_INOUT, BIND_OUT, DB_TYPE_NUMBER, DB_TYPE_VARCHAR } = session.driver;
  for (let more = true; more; ) {
    const { outBinds } = await session.execute(GET_LINES, {
      lines: { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: LONGEST, maxArraySize: LINES },
      count: { dir: BIND_INOUT, type: DB_TYPE_NUMBER, val: LINES },
    });
    const { lines, count } = outBinds as unknown as { lines: (string | null)[]; count: number };
    printed.push(...lines.slice(0, count).map((line) => line ?? ''));
    more = count === LINES;
  }
  return printed;
}
