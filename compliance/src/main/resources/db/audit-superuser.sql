-- What only a superuser may install: PostgreSQL lets nobody else make event triggers. Run after the
-- migrations, again and again without harm. Docent does so in its own database; in a database of
-- yours, run it once: psql -f audit-superuser.sql.

-- A schema of its own, so that dropping the log's does not take its guard along.
CREATE SCHEMA IF NOT EXISTS audit_guard;

CREATE OR REPLACE FUNCTION audit_guard.refuse_dropping() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  dropped record;
BEGIN
  FOR dropped IN
    SELECT object_name, object_identity FROM pg_event_trigger_dropped_objects()
    WHERE (schema_name = 'audit' AND object_type IN ('table', 'function'))
       OR (object_type = 'trigger' AND original AND object_identity LIKE '% on audit.%')
  LOOP
    IF to_regclass('audit.pruned') IS NOT NULL THEN
      CONTINUE WHEN EXISTS (SELECT FROM audit.pruned
                            WHERE partition = dropped.object_name AND txid = pg_current_xact_id());
    END IF;
    RAISE EXCEPTION '% is append-only: DROP refused', dropped.object_identity
      USING ERRCODE = 'insufficient_privilege';
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION audit_guard.refuse_disarming() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  broken text;
BEGIN
  SELECT format('%s: trigger %s', t.tgrelid::regclass, t.tgname) INTO broken
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = 'audit'::regnamespace AND NOT t.tgisinternal AND t.tgenabled <> 'A'
  LIMIT 1;
  IF broken IS NULL THEN
    SELECT format('%s: no longer part of the log', oid::regclass) INTO broken
    FROM pg_class
    WHERE relnamespace = 'audit'::regnamespace AND relname ~ '^event_\d{4}_\d{2}$'
      AND relkind = 'r' AND NOT relispartition
    LIMIT 1;
  END IF;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'the log is append-only: ALTER refused (%)', broken
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

DROP EVENT TRIGGER IF EXISTS audit_keep;
DROP EVENT TRIGGER IF EXISTS audit_armed;
CREATE EVENT TRIGGER audit_keep ON sql_drop EXECUTE FUNCTION audit_guard.refuse_dropping();
CREATE EVENT TRIGGER audit_armed ON ddl_command_end WHEN TAG IN ('ALTER TABLE')
  EXECUTE FUNCTION audit_guard.refuse_disarming();
ALTER EVENT TRIGGER audit_keep ENABLE ALWAYS;
ALTER EVENT TRIGGER audit_armed ENABLE ALWAYS;
