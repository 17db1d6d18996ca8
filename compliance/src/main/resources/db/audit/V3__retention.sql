-- How long records are kept, what may not go yet, and the one way in which their bodies go.

SET LOCAL ROLE audit_owner;

-- Changed by whoever runs the database, never by the service: 45 CFR 164.316(b)(2)(i) asks for six
-- years of documentation; thirty days more so that a request of the last day can still be answered.
CREATE TABLE audit.retention_policy (
  only_row boolean  PRIMARY KEY DEFAULT true CHECK (only_row),
  keep     interval NOT NULL CHECK (keep >= interval '30 days')
);
INSERT INTO audit.retention_policy VALUES (true, interval '6 years 30 days');

-- What is described here may not be pruned until the hold is released. An empty column restricts
-- nothing. The reason is for people and stays out of the log, which has its keyed digest.
CREATE TABLE audit.legal_hold (
  hold_id     uuid        PRIMARY KEY,
  account     text,
  document    uuid,
  from_time   timestamptz,
  to_time     timestamptz,
  reason      text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  placed_by   text        NOT NULL,
  placed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  released_by text,
  released_at timestamptz,
  CHECK (from_time < to_time),
  CHECK ((released_by IS NULL) = (released_at IS NULL))
);

-- A month whose bodies are to go: one person proposes it, another one decides.
CREATE TABLE audit.pruning (
  proposal    uuid        PRIMARY KEY,
  month       date        NOT NULL CHECK (extract(day FROM month) = 1),
  proposed_by text        NOT NULL CHECK (proposed_by LIKE 'act\_%'),
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decided_by  text        CHECK (decided_by LIKE 'act\_%'),
  decision    text        CHECK (decision IN ('approved', 'rejected')),
  decided_at  timestamptz,
  CHECK ((decided_by IS NULL) = (decision IS NULL) AND (decision IS NULL) = (decided_at IS NULL)),
  CHECK (decision <> 'approved' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX pruning_undecided ON audit.pruning (month) WHERE decision IS NULL;

-- What went.
CREATE TABLE audit.pruned (
  month     date        PRIMARY KEY,
  partition text        NOT NULL,
  proposal  uuid        NOT NULL REFERENCES audit.pruning,
  records   bigint      NOT NULL,
  first_seq bigint      NOT NULL,
  last_seq  bigint      NOT NULL,
  pruned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid      xid8        NOT NULL DEFAULT pg_current_xact_id()
);

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON audit.pruned
  FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit.pruned
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
ALTER TABLE audit.pruned ENABLE ALWAYS TRIGGER keep;
ALTER TABLE audit.pruned ENABLE ALWAYS TRIGGER keep_all;

-- A hold is released once, a proposal decided once; neither is deleted nor otherwise rewritten.
CREATE FUNCTION audit.refuse_rewriting() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  before jsonb := to_jsonb(OLD);
  after jsonb := to_jsonb(NEW);
  mutable text[] := CASE TG_TABLE_NAME
    WHEN 'legal_hold' THEN ARRAY['released_by', 'released_at']
    ELSE ARRAY['decided_by', 'decision', 'decided_at'] END;
BEGIN
  IF before - mutable <> after - mutable OR before ->> mutable[1] IS NOT NULL THEN
    RAISE EXCEPTION 'audit.% is append-only: rewriting refused', TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['legal_hold', 'pruning']
  LOOP
    EXECUTE format('CREATE TRIGGER keep_rows BEFORE UPDATE ON audit.%I
                    FOR EACH ROW EXECUTE FUNCTION audit.refuse_rewriting()', kept);
    EXECUTE format('CREATE TRIGGER keep BEFORE DELETE ON audit.%I
                    FOR EACH ROW EXECUTE FUNCTION audit.refuse()', kept);
    EXECUTE format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', kept);
    EXECUTE format('CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE ON audit.%I
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
                    EXECUTE FUNCTION audit.require_record()', kept);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER keep_rows', kept);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER keep', kept);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER keep_all', kept);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER recorded', kept);
  END LOOP;
END $$;

-- What a month holds, or an error that says why it may not go: SQLSTATE DC001 too young, DC002
-- held, DC003 not covered by a witnessed checkpoint, DC004 nothing there.
CREATE FUNCTION audit.prunable(wanted date, OUT records bigint, OUT first_seq bigint, OUT last_seq bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  begins timestamptz := wanted::timestamp AT TIME ZONE 'UTC';
  ends timestamptz := (wanted + interval '1 month') AT TIME ZONE 'UTC';
  partition text := 'event_' || to_char(wanted, 'YYYY_MM');
  total bigint;
  held boolean;
BEGIN
  IF to_regclass('audit.' || partition) IS NULL THEN
    RAISE EXCEPTION 'the log has no bodies of records of %', to_char(wanted, 'YYYY-MM')
      USING ERRCODE = 'DC004';
  END IF;
  IF ends + (SELECT keep FROM audit.retention_policy) > clock_timestamp() THEN
    RAISE EXCEPTION 'records of % are kept for %', to_char(wanted, 'YYYY-MM'),
      (SELECT keep FROM audit.retention_policy) USING ERRCODE = 'DC001';
  END IF;
  EXECUTE format(
    'SELECT EXISTS (SELECT FROM audit.legal_hold h
       WHERE h.released_at IS NULL
         AND (h.from_time IS NULL OR h.from_time < $2) AND (h.to_time IS NULL OR h.to_time > $1)
         AND (h.account IS NULL AND h.document IS NULL OR EXISTS (SELECT FROM audit.%I e
              WHERE (h.account IS NULL OR h.account IN (e.actor, e.account))
                AND (h.document IS NULL OR e.documents @> ARRAY[h.document])
                AND (h.from_time IS NULL OR e.recorded_at >= h.from_time)
                AND (h.to_time IS NULL OR e.recorded_at < h.to_time))))', partition)
    INTO held USING begins, ends;
  IF held THEN
    RAISE EXCEPTION 'records of % are under a legal hold', to_char(wanted, 'YYYY-MM')
      USING ERRCODE = 'DC002';
  END IF;
  EXECUTE format(
    'SELECT count(*), count(l.seq), coalesce(min(l.seq), -1), coalesce(max(l.seq), -1)
     FROM audit.%I e LEFT JOIN audit.leaf l ON l.event_id = e.event_id', partition)
    INTO total, records, first_seq, last_seq;
  IF total <> records
     OR NOT EXISTS (SELECT FROM audit.cosignature c WHERE c.tree_size > last_seq) THEN
    RAISE EXCEPTION 'records of % are not covered by a witnessed checkpoint',
      to_char(wanted, 'YYYY-MM') USING ERRCODE = 'DC003';
  END IF;
END $$;

-- Drops the bodies of an approved month; the leaves, tiles and checkpoints stay, so every proof
-- stays. Its record must stand in the same transaction and say what really goes.
CREATE FUNCTION audit.prune(approved uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  chosen audit.pruning;
  found record;
  partition text;
BEGIN
  SELECT * INTO chosen FROM audit.pruning WHERE proposal = approved AND decision = 'approved';
  IF chosen IS NULL THEN
    RAISE EXCEPTION 'two people must approve' USING ERRCODE = 'insufficient_privilege';
  END IF;
  partition := 'event_' || to_char(chosen.month, 'YYYY_MM');
  EXECUTE 'SET LOCAL lock_timeout = ''5s''';
  EXECUTE format('LOCK TABLE audit.%I IN ACCESS EXCLUSIVE MODE', partition);
  SELECT * INTO found FROM audit.prunable(chosen.month);
  IF NOT EXISTS (
    SELECT FROM audit.pending p JOIN audit.event e
      ON e.recorded_at = p.recorded_at AND e.event_id = p.event_id,
      LATERAL (SELECT convert_from(e.canonical, 'UTF8')::jsonb -> 'data' AS data) r
    WHERE p.txid = pg_current_xact_id() AND e.act = 'retention.pruned'
      AND (r.data ->> 'proposal')::uuid = approved
      AND (r.data ->> 'records')::bigint = found.records
      AND (r.data ->> 'firstSequence')::bigint = found.first_seq
      AND (r.data ->> 'lastSequence')::bigint = found.last_seq
      AND r.data -> 'approvers' = jsonb_build_array(chosen.proposed_by, chosen.decided_by)) THEN
    RAISE EXCEPTION 'pruning without its audit record'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  INSERT INTO audit.pruned (month, partition, proposal, records, first_seq, last_seq)
  VALUES (chosen.month, partition, approved, found.records, found.first_seq, found.last_seq);
  EXECUTE format('DROP TABLE audit.%I', partition);
  RETURN found.records;
END $$;

REVOKE ALL ON FUNCTION audit.prunable(date), audit.prune(uuid), audit.refuse_rewriting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.prunable(date), audit.prune(uuid) TO audit_prune;
GRANT SELECT, INSERT ON audit.legal_hold, audit.pruning TO audit_prune;
GRANT UPDATE (released_by, released_at) ON audit.legal_hold TO audit_prune;
GRANT UPDATE (decided_by, decision, decided_at) ON audit.pruning TO audit_prune;
GRANT SELECT ON audit.pruned, audit.retention_policy TO audit_prune, audit_read;
GRANT SELECT ON audit.legal_hold, audit.pruning TO audit_read;

RESET ROLE;

GRANT audit_prune TO docent_app;
