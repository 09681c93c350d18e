-- The file is as new as its latest event or the date in its name; a line is known from its own event on.
select * replace (first_known_at as known_at) from typed where problem is null
