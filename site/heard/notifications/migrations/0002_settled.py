"""PostgreSQL only: marks that make the order of ids safe to read (docs/live.md says why they hold)."""

from django.db import migrations

TABLE = "notifications_notification"

# 7714 is this application's own corner of the advisory locks; the low 48 bits hold the mark.
FORWARDS = f"""
create function heard_mark() returns trigger language plpgsql as $$
-- Before a transaction draws its first id, it leaves a mark: everything above it may still be open.
-- Shared: nobody waits for anybody. A savepoint's undo takes back the lock and the setting together.
declare mark bigint;
begin
  if coalesce(current_setting('heard.mark', true), '') = '' then
    select case when is_called then last_value else last_value - 1 end into mark from {TABLE}_id_seq;
    perform pg_advisory_xact_lock_shared((7714::bigint << 48) | mark);
    perform set_config('heard.mark', mark::text, true);
  end if;
  return null;
end $$;

create trigger heard_mark before insert on {TABLE}
  for each statement execute function heard_mark();

create function heard_settled() returns bigint language plpgsql volatile as $$
-- The highest id below which no transaction is still open: the sequence first, the marks second.
declare drawn bigint; lowest bigint;
begin
  select case when is_called then last_value else last_value - 1 end into drawn from {TABLE}_id_seq;
  select min(((classid::bigint & 65535) << 32) | objid::bigint) into lowest from pg_locks
    where locktype = 'advisory' and objsubid = 1 and (classid::bigint >> 16) = 7714
      and database = (select oid from pg_database where datname = current_database());
  return least(drawn, coalesce(lowest, drawn));
end $$;

create function heard_tail(after bigint, most int)
returns table (settled bigint, id bigint, audience varchar, kind varchar, object_id varchar, url varchar)
language plpgsql volatile as $$
-- Volatile, so that each statement has its own snapshot: the rows are read after the marks.
-- As one SQL statement, or stable, it loses rows.
declare stand bigint := heard_settled();
begin
  return query
    select stand, n.id, n.audience, n.kind, n.object_id, n.url from {TABLE} n
    where n.id > after and n.id <= stand order by n.id limit most;
  if not found then
    return query select stand, null::bigint, null::varchar, null::varchar, null::varchar, null::varchar;
  end if;
end $$;
"""  # noqa: S608 (our own table's name)

BACKWARDS = f"""
drop function heard_tail(bigint, int);
drop function heard_settled();
drop trigger heard_mark on {TABLE};
drop function heard_mark();
"""


def forwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(FORWARDS)


def backwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
