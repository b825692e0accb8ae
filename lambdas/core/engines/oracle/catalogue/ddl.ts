/** The statement that would make an object again, as Oracle itself writes it. */
import { AppError } from '#contract/errors.ts';
import type { Session } from '../session.ts';

const DDL = 'SELECT DBMS_METADATA.GET_DDL(:type, :name, :owner) FROM DUAL';

/** Where the user may not see it (ORA-31603), a comment says so. */
export async function ddlOf(
  session: Session,
  type: string,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<string> {
  try {
    const [row] = await session.query(DDL, { type, name, owner });
    return row?.[0]?.trim() ?? '';
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'STATEMENT_FAILED') throw error;
    return `-- ${error.message.replaceAll('\n', '\n-- ')}`;
  }
}
