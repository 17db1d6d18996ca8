-- Documents that arrive in pieces. Their bytes lie in the data folder, `received` of them for certain. Nothing of
-- them is anybody's to see before they are complete, so their rows need no record; the document's arrival has one.
CREATE TABLE library.upload (
  id            uuid PRIMARY KEY,
  owner         text NOT NULL,
  collection_id uuid NOT NULL REFERENCES library.collection ON DELETE CASCADE,
  path          text NOT NULL CHECK (length(path) BETWEEN 1 AND 1024),
  readers       varchar[],
  byte_size     bigint NOT NULL CHECK (byte_size > 0),
  modified_at   timestamptz NOT NULL,
  received      bigint NOT NULL CHECK (received BETWEEN 0 AND byte_size),
  document_id   uuid,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL
);
CREATE INDEX upload_by_owner ON library.upload (owner);
CREATE INDEX upload_by_expiry ON library.upload (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON library.upload TO docent_app;
