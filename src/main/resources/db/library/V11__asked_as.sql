-- The id that the client chose for a question, under which its answer is found when the connection was lost.
ALTER TABLE library.turn ADD COLUMN asked_as uuid;
CREATE INDEX turn_by_asked_as ON library.turn (asked_as);
