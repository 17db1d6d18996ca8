-- What a run leaves out, a hidden file or one that the folder's rules name, ends in a stated outcome too.
ALTER TABLE library.ingest_item DROP CONSTRAINT ingest_item_outcome_check;
ALTER TABLE library.ingest_item ADD CONSTRAINT ingest_item_outcome_check CHECK
  (outcome IN ('ADDED', 'REVISED', 'UNCHANGED', 'REJECTED', 'REMOVED', 'FAILED', 'SKIPPED'));
