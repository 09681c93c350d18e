-- The file is as new as its latest order or the date in its name; a line is known from its own order on.
select * replace (ordered_at as known_at) from typed where problem is null
