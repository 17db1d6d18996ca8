-- What an answer was worth to whoever asked, and the ids under which it is rated and recorded.

ALTER TABLE library.turn
  ADD COLUMN answer_id     uuid,
  ADD COLUMN intent_id     uuid,
  ADD COLUMN helpful       boolean,
  ADD COLUMN rating_reason text,
  ADD CHECK (rating_reason IS NULL OR NOT helpful);

-- A copy of what the rows hold already is no change that wants a record.
ALTER TABLE library.turn DISABLE TRIGGER recorded;
UPDATE library.turn SET
  answer_id = substring(answer FROM '"id":"([0-9a-f-]{36})"')::uuid,
  intent_id = substring(answer FROM '"audit":\{"intent":"([0-9a-f-]{36})"')::uuid;
ALTER TABLE library.turn ENABLE ALWAYS TRIGGER recorded;

ALTER TABLE library.turn
  ALTER COLUMN answer_id SET NOT NULL,
  ALTER COLUMN intent_id SET NOT NULL;
CREATE UNIQUE INDEX turn_by_answer ON library.turn (answer_id);
