-- The version of the parser that made what the index holds of a document: one that an older parser read is read again
-- with its folder. 0: nothing is held yet.
ALTER TABLE library.document ADD COLUMN parser_version integer NOT NULL DEFAULT 0;
UPDATE library.document SET parser_version = 2 WHERE passages IS NOT NULL;
