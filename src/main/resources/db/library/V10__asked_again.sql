-- A question that was asked again stands in the place of the one it replaces, which stays as it was; and what a
-- question was to be answered from is known when it is asked again.
ALTER TABLE library.turn
  ADD COLUMN replaces    uuid REFERENCES library.turn (answer_id),
  ADD COLUMN collections uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN documents   uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN dated_from  date,
  ADD COLUMN dated_until date;
