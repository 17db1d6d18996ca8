-- The last changes that people must be able to trust, and all of these triggers even where a superuser
-- replays changes as a replica.

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.revision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded_removal AFTER DELETE ON library.ingest_run
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();

DO $$
DECLARE
  guard record;
BEGIN
  FOR guard IN
    SELECT tgrelid::regclass AS relation, tgname FROM pg_trigger
    WHERE tgfoid = 'audit.require_record()'::regprocedure
      AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'library'::regnamespace)
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', guard.relation, guard.tgname);
  END LOOP;
END $$;
