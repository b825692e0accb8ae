/** Schemas, sequences, functions and procedures. */
import type { ObjectDescription } from '#contract/objects.ts';
import type { Session } from '../../pg-wire/session.ts';

type Described = Omit<ObjectDescription, 'kind' | 'path'>;
type Row = [ddl: string, comment: string | null];
interface Place {
  readonly schema: string;
  readonly name: string;
}

const SCHEMA = `
select format('CREATE SCHEMA %I AUTHORIZATION %I;', n.nspname, pg_get_userbyid(n.nspowner)), obj_description(n.oid, 'pg_namespace')
from pg_namespace n where n.nspname = $1`;

const SEQUENCE = `
select format('CREATE SEQUENCE %I.%I AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s%s;',
    n.nspname, c.relname, format_type(s.seqtypid, null), s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache,
    case when s.seqcycle then ' CYCLE' end,
    (select format(' OWNED BY %I.%I.%I', tn.nspname, t.relname, a.attname)
      from pg_depend d
      join pg_class t on t.oid = d.refobjid
      join pg_namespace tn on tn.oid = t.relnamespace
      join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass
        and d.deptype in ('a', 'i'))),
  obj_description(c.oid, 'pg_class')
from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2`;

/** A node's name is the function's name with its arguments: two functions may share the first. */
const ROUTINE = `
select case when p.prokind <> 'a' then pg_get_functiondef(p.oid) || ';'
    else format('CREATE AGGREGATE %I.%I(%s) (SFUNC = %s, STYPE = %s%s%s);', n.nspname, p.proname,
      pg_get_function_arguments(p.oid), a.aggtransfn, format_type(a.aggtranstype, null),
      case when a.aggfinalfn <> 0 then format(', FINALFUNC = %s', a.aggfinalfn) end,
      case when a.agginitval is not null then format(', INITCOND = %L', a.agginitval) end) end,
  obj_description(p.oid, 'pg_proc')
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
left join pg_aggregate a on a.aggfnoid = p.oid
where n.nspname = $1 and p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' = $2`;

export async function readSchema(session: Session, name: string): Promise<Described | undefined> {
  return plain(await session.query<Row>(SCHEMA, [name]));
}

export async function readSequence(session: Session, { schema, name }: Place): Promise<Described | undefined> {
  return plain(await session.query<Row>(SEQUENCE, [schema, name]));
}

export async function readRoutine(session: Session, { schema, name }: Place): Promise<Described | undefined> {
  return plain(await session.query<Row>(ROUTINE, [schema, name]));
}

/** What has neither columns nor keys. */
function plain([row]: readonly Row[]): Described | undefined {
  if (!row) return undefined;
  const [ddl, comment] = row;
  return { ...(comment && { comment }), columns: [], keys: [], indexes: [], ddl };
}
