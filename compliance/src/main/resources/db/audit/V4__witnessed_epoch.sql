-- A witness's signature lets a month go only if it is one of the epoch that the log is in: the tree
-- of an epoch begins at record 0, so that covers every record that is still here. An older epoch's
-- may be one of records that a restored database lost, under the same numbers.

SET LOCAL ROLE audit_owner;

-- What a month holds, or an error that says why it may not go: SQLSTATE DC001 too young, DC002
-- held, DC003 not covered by a witnessed checkpoint, DC004 nothing there.
CREATE OR REPLACE FUNCTION audit.prunable(wanted date, OUT records bigint, OUT first_seq bigint, OUT last_seq bigint)
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
     OR NOT EXISTS (SELECT FROM audit.cosignature c
                    WHERE c.tree_size > last_seq
                      AND c.epoch = (SELECT max(epoch) FROM audit.epoch)) THEN
    RAISE EXCEPTION 'records of % are not covered by a witnessed checkpoint',
      to_char(wanted, 'YYYY-MM') USING ERRCODE = 'DC003';
  END IF;
END $$;

RESET ROLE;
