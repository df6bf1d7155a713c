-- What a connector was set up for stands in so many words, so that a program that
-- knows more resources finds none of them set up by itself.
ALTER TABLE connectors RENAME COLUMN only_resources TO set_up_for;
UPDATE connectors SET set_up_for = '["products","categories","warehouses","stock"]' WHERE set_up_for = '[]' AND account IS NOT NULL;
