-- The log: what happened, insert-only. Run by a role that may create roles and schemas.
--
-- Group roles hold the privileges; two login roles receive them:
--   docent_app    appends, and resolves the pseudonyms of the people it serves
--   docent_audit  reads, exports and seals
-- They are made here without LOGIN when they do not exist yet; the platform gives them a password.

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['audit_owner', 'audit_append', 'audit_seal', 'audit_read',
                                'audit_prune', 'audit_identity', 'docent_app', 'docent_audit']
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    END IF;
  END LOOP;
  -- A migrating role that is not a superuser becomes a member, to hand its objects over.
  IF NOT pg_has_role(current_user, 'audit_owner', 'SET') THEN
    EXECUTE format('GRANT audit_owner TO %I', current_user);
  END IF;
END $$;

GRANT audit_append, audit_identity TO docent_app;
GRANT audit_read, audit_seal, audit_identity TO docent_audit;

CREATE SCHEMA IF NOT EXISTS audit;
ALTER SCHEMA audit OWNER TO audit_owner;
-- Reaching the schema grants nothing in it; triggers of other schemas name audit.require_record().
GRANT USAGE ON SCHEMA audit TO PUBLIC;

SET LOCAL ROLE audit_owner;

-- --- The records ---------------------------------------------------------------------------------

CREATE TABLE audit.event (
  event_id    uuid        NOT NULL,  -- UUIDv7 made by the writer
  canonical   bytea       NOT NULL CHECK (octet_length(canonical) BETWEEN 2 AND 16384),
  -- Copies for searching; everyone who reads a record derives them again from canonical.
  act         text        NOT NULL,
  outcome     text        NOT NULL,
  actor       text        NOT NULL,
  account     text,
  documents   uuid[],
  intent      uuid,
  closes      boolean     NOT NULL,  -- whether this record closes that intent
  occurred_at timestamptz NOT NULL,  -- the writer's clock
  -- By the database; the appending role has no privilege to set them.
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
  writer      uuid        NOT NULL,
  writer_seq  bigint,                -- gap-free from 0 per writer; null in a change's own transaction
  PRIMARY KEY (recorded_at, event_id)
) PARTITION BY RANGE (recorded_at);

CREATE INDEX event_by_id ON audit.event (event_id);
CREATE INDEX event_by_actor ON audit.event (actor, recorded_at, event_id);
CREATE INDEX event_by_account ON audit.event (account, recorded_at, event_id)
  WHERE account IS NOT NULL;
CREATE INDEX event_by_act ON audit.event (act text_pattern_ops, recorded_at, event_id);
CREATE INDEX event_by_outcome ON audit.event (outcome, recorded_at, event_id);
CREATE INDEX event_by_intent ON audit.event (intent) WHERE intent IS NOT NULL;
CREATE INDEX event_by_document ON audit.event USING gin (documents) WHERE documents IS NOT NULL;

-- Two work queues without evidential value: records that wait for their place in the tree, and
-- intents that wait for their end.
CREATE TABLE audit.pending (
  event_id    uuid        PRIMARY KEY,
  recorded_at timestamptz NOT NULL,
  txid        xid8        NOT NULL
);
CREATE INDEX pending_by_txid ON audit.pending (txid);

CREATE TABLE audit.open_intent (
  event_id    uuid        PRIMARY KEY,
  recorded_at timestamptz NOT NULL,
  writer      uuid        NOT NULL
);

-- --- The tree ------------------------------------------------------------------------------------

CREATE TABLE audit.leaf (
  seq         bigint      PRIMARY KEY CHECK (seq >= 0),
  event_id    uuid        NOT NULL UNIQUE,
  recorded_at timestamptz NOT NULL,  -- finds the record's partition
  leaf_hash   bytea       NOT NULL CHECK (octet_length(leaf_hash) = 32)
);

-- Root of the 256^level leaves from idx * 256^level. With audit.leaf as level 0, the tile (level, n)
-- of width w is the rows 256 n .. 256 n + w - 1 of its level.
CREATE TABLE audit.subtree (
  level int    NOT NULL CHECK (level BETWEEN 1 AND 7),
  idx   bigint NOT NULL CHECK (idx >= 0),
  hash  bytea  NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (level, idx)
);

CREATE TABLE audit.epoch (
  epoch     int         PRIMARY KEY CHECK (epoch >= 1),
  origin    text        NOT NULL UNIQUE,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE audit.checkpoint (
  epoch      int         NOT NULL REFERENCES audit.epoch,
  tree_size  bigint      NOT NULL CHECK (tree_size > 0),
  root_hash  bytea       NOT NULL CHECK (octet_length(root_hash) = 32),
  note       text        NOT NULL,  -- the signed note, byte for byte
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tree_size, epoch)
);

CREATE TABLE audit.cosignature (
  epoch      int         NOT NULL,
  tree_size  bigint      NOT NULL,
  witness    text        NOT NULL,
  line       text        NOT NULL,  -- the signature line of the note
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tree_size, epoch, witness),
  FOREIGN KEY (tree_size, epoch) REFERENCES audit.checkpoint
);

-- --- Who the pseudonyms are: mutable and erasable ------------------------------------------------

CREATE TABLE audit.subject_key (
  dek_id       uuid  PRIMARY KEY,
  wrapped      bytea,                -- the person's key under the key-encryption key; null: destroyed
  kek_version  int   NOT NULL,
  destroyed_at timestamptz,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE TABLE audit.identity (
  actor  text  PRIMARY KEY,
  lookup bytea NOT NULL UNIQUE,      -- keyed digest of the account's id
  dek_id uuid  NOT NULL REFERENCES audit.subject_key,
  sealed bytea NOT NULL              -- account id and name under the person's key
);

-- --- What the database itself enforces -----------------------------------------------------------

CREATE FUNCTION audit.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'audit.% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;

-- ENABLE ALWAYS: session_replication_role = replica skips ordinary triggers.
DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['event', 'leaf', 'subtree', 'epoch', 'checkpoint', 'cosignature']
  LOOP
    EXECUTE format('CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON audit.%I
                    FOR EACH ROW EXECUTE FUNCTION audit.refuse()', kept);
    EXECUTE format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', kept);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER keep', kept);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER keep_all', kept);
  END LOOP;
END $$;

-- Queues a record for sealing. The queue's key and the leaf's together refuse a second record of the
-- same id: the insert waits for a sealer that is just moving the first one, then sees its leaf.
CREATE FUNCTION audit.enqueue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO audit.pending VALUES (NEW.event_id, NEW.recorded_at, NEW.txid);
  IF EXISTS (SELECT FROM audit.leaf WHERE event_id = NEW.event_id) THEN
    RAISE EXCEPTION 'a record % exists', NEW.event_id USING ERRCODE = 'unique_violation';
  END IF;
  IF NEW.outcome = 'intended' THEN
    INSERT INTO audit.open_intent VALUES (NEW.event_id, NEW.recorded_at, NEW.writer);
  ELSIF NEW.closes THEN
    DELETE FROM audit.open_intent WHERE event_id = NEW.intent;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER enqueue AFTER INSERT ON audit.event
  FOR EACH ROW EXECUTE FUNCTION audit.enqueue();
ALTER TABLE audit.event ENABLE ALWAYS TRIGGER enqueue;

-- For every table whose changes must be on record:
--   CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.document
--     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
-- Refuses the commit of a transaction that wrote no record. Looks into the queue, which holds a
-- transaction's records at least until it commits, and is small.
CREATE FUNCTION audit.require_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM audit.pending WHERE txid = pg_current_xact_id()) THEN
    RAISE EXCEPTION '% of %.% without an audit record', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- Makes the partitions of this month and of months to come. Row triggers are inherited; the
-- statement trigger against TRUNCATE is not.
CREATE FUNCTION audit.ensure_partitions(months_ahead int DEFAULT 3) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  month timestamp;
  partition text;
BEGIN
  FOR ahead IN 0..least(greatest(months_ahead, 0), 24) LOOP
    month := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')
             + make_interval(months => ahead);
    partition := 'event_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN to_regclass('audit.' || partition) IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtextextended('audit.ensure_partitions', 0));
    CONTINUE WHEN to_regclass('audit.' || partition) IS NOT NULL;
    EXECUTE format('CREATE TABLE audit.%I PARTITION OF audit.event FOR VALUES FROM (%L) TO (%L)',
                   partition, month AT TIME ZONE 'UTC',
                   (month + interval '1 month') AT TIME ZONE 'UTC');
    EXECUTE format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', partition);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER keep_all', partition);
  END LOOP;
END $$;

SELECT audit.ensure_partitions();

-- Records with their place in the tree, for readers.
CREATE VIEW audit.record AS
  SELECT e.event_id, e.canonical, e.act, e.outcome, e.actor, e.account, e.documents, e.intent,
         e.recorded_at, l.seq, l.leaf_hash
  FROM audit.event e LEFT JOIN audit.leaf l ON l.event_id = e.event_id;

-- --- Who may do what -----------------------------------------------------------------------------

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.require_record() TO PUBLIC;
GRANT EXECUTE ON FUNCTION audit.ensure_partitions(int) TO audit_append, audit_seal;

GRANT INSERT (event_id, canonical, act, outcome, actor, account, documents, intent, closes,
              occurred_at, writer, writer_seq) ON audit.event TO audit_append;

GRANT SELECT ON audit.record, audit.open_intent, audit.leaf, audit.subtree, audit.epoch,
                audit.checkpoint, audit.cosignature TO audit_read;

GRANT SELECT ON audit.event, audit.leaf, audit.subtree, audit.epoch, audit.checkpoint,
                audit.cosignature TO audit_seal;
GRANT INSERT ON audit.leaf, audit.subtree, audit.epoch, audit.checkpoint, audit.cosignature
  TO audit_seal;
-- UPDATE (of one column) is what SELECT ... FOR UPDATE SKIP LOCKED asks for.
GRANT SELECT, DELETE, UPDATE (recorded_at) ON audit.pending TO audit_seal;

GRANT SELECT, INSERT, UPDATE, DELETE ON audit.identity, audit.subject_key TO audit_identity;

RESET ROLE;
