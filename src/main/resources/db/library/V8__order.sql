-- The library is opened in this order: its first page is read from the index.
CREATE INDEX document_by_title ON library.document (title, id);
