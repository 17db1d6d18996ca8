-- No change to what people own, may or see without an audit record in the same transaction. Left out:
-- what only counts or paces (last use, failures, progress, the marker of the index, a document being read).

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR DELETE ON library.account
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
CREATE CONSTRAINT TRIGGER recorded_change AFTER UPDATE ON library.account
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.access_group
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.membership
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR DELETE ON library.api_token
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
CREATE CONSTRAINT TRIGGER recorded_change AFTER UPDATE ON library.api_token
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.id, OLD.account_id, OLD.token_hash, OLD.expires_at)
        IS DISTINCT FROM (NEW.id, NEW.account_id, NEW.token_hash, NEW.expires_at))
  EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR DELETE ON library.web_session
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
CREATE CONSTRAINT TRIGGER recorded_change AFTER UPDATE ON library.web_session
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.id, OLD.account_id, OLD.token_hash, OLD.expires_at)
        IS DISTINCT FROM (NEW.id, NEW.account_id, NEW.token_hash, NEW.expires_at))
  EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.collection
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR DELETE ON library.document
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
CREATE CONSTRAINT TRIGGER recorded_change AFTER UPDATE ON library.document
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state <> 'READING'
        AND (OLD.collection_id, OLD.path, OLD.source, OLD.revision, OLD.readers, OLD.state)
            IS DISTINCT FROM
            (NEW.collection_id, NEW.path, NEW.source, NEW.revision, NEW.readers, NEW.state)
        OR (OLD.revision, OLD.readers) IS DISTINCT FROM (NEW.revision, NEW.readers))
  EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT ON library.ingest_run
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
CREATE CONSTRAINT TRIGGER recorded_change AFTER UPDATE ON library.ingest_run
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION audit.require_record();

CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.conversation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.turn
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
