-- When a document's file was changed last, as whoever brought it says, and the day the document is of: its own where
-- it states one, else that of its file.
ALTER TABLE library.document
  ADD COLUMN modified_at timestamptz,
  ADD COLUMN dated       date;
