-- What sealing needs besides the tree: which keys sign it, and finding the newest checkpoint.

SET LOCAL ROLE audit_owner;

-- Every key that ever signed, in order. A key after the first is introduced by a note that the key
-- before it signed.
CREATE TABLE audit.log_key (
  ordinal   int         PRIMARY KEY CHECK (ordinal >= 0),
  epoch     int         NOT NULL REFERENCES audit.epoch,
  vkey      text        NOT NULL UNIQUE,
  last_size bigint      NOT NULL CHECK (last_size >= 0),  -- of the last tree under the key before
  statement text,                                         -- the note; null where no key was before
  added_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON audit.log_key
  FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit.log_key
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
ALTER TABLE audit.log_key ENABLE ALWAYS TRIGGER keep;
ALTER TABLE audit.log_key ENABLE ALWAYS TRIGGER keep_all;

CREATE INDEX checkpoint_by_epoch ON audit.checkpoint (epoch, tree_size);
CREATE INDEX pending_by_time ON audit.pending (recorded_at, event_id);

GRANT SELECT ON audit.log_key TO audit_read, audit_seal;
GRANT INSERT ON audit.log_key TO audit_seal;
-- How many records wait, and since when, is part of the log's health.
GRANT SELECT ON audit.pending TO audit_read;

-- The leaves with the bytes that they are hashes of, for exports: null where those were pruned.
CREATE VIEW audit.sealed AS
  SELECT l.seq, l.leaf_hash, e.canonical
  FROM audit.leaf l
  LEFT JOIN audit.event e ON e.recorded_at = l.recorded_at AND e.event_id = l.event_id;
GRANT SELECT ON audit.sealed TO audit_read;

RESET ROLE;
