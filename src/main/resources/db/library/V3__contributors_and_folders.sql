-- Groups whose members may add documents to a collection. Nobody but administrators, unless said.
ALTER TABLE library.collection ADD COLUMN contributors varchar[] NOT NULL DEFAULT '{}';

-- Who may read what arrives in a folder of a collection without labels of its own.
CREATE TABLE library.folder_label (
  collection_id uuid NOT NULL REFERENCES library.collection ON DELETE CASCADE,
  path          text NOT NULL CHECK (length(path) BETWEEN 1 AND 1024),
  readers       varchar[] NOT NULL,
  PRIMARY KEY (collection_id, path)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON library.folder_label TO docent_app;
CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.folder_label
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record();
