-- Labels that a person set stay when the document's folder is read again. Of what is here already it is known only
-- where a folder was labelled.
ALTER TABLE library.document ADD COLUMN labelled_by_hand boolean NOT NULL DEFAULT false;
UPDATE library.document SET labelled_by_hand = true FROM library.folder_label label
  WHERE label.collection_id = document.collection_id
    AND starts_with(document.path, label.path || '/')
    AND label.readers = document.readers;

-- Who sets it decides who may see the document from now on.
CREATE CONSTRAINT TRIGGER recorded_hand AFTER UPDATE ON library.document
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.labelled_by_hand IS DISTINCT FROM NEW.labelled_by_hand) EXECUTE FUNCTION audit.require_record();
ALTER TABLE library.document ENABLE ALWAYS TRIGGER recorded_hand;
