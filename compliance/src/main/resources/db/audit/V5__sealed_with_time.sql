-- When each sealed record was recorded, for the views of an export.

SET LOCAL ROLE audit_owner;

CREATE OR REPLACE VIEW audit.sealed AS
  SELECT l.seq, l.leaf_hash, e.canonical, l.recorded_at
  FROM audit.leaf l
  LEFT JOIN audit.event e ON e.recorded_at = l.recorded_at AND e.event_id = l.event_id;

RESET ROLE;
