-- What a run was to read, and what it did not look at and why: JSON lists. When its
-- read of the shop began, NULL when none ended well. Who started it.
ALTER TABLE runs ADD COLUMN resources TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN not_read TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN as_of TEXT;
ALTER TABLE runs ADD COLUMN started_by TEXT NOT NULL DEFAULT '';

-- Of the runs from before, the plans that are kept tell what was read.
UPDATE runs SET
  resources = coalesce((SELECT json_extract(info, '$.Resources') FROM plans WHERE plans.run = iif(runs.plan = '', runs.id, runs.plan) AND complete AND json_valid(info)), ''),
  as_of = (SELECT json_extract(info, '$.AsOf') FROM plans WHERE plans.run = iif(runs.plan = '', runs.id, runs.plan) AND complete AND json_valid(info));
