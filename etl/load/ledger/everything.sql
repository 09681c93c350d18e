-- An account without any entry yet: everything it holds is written, and nothing has to be looked up for it.
create or replace temp macro touches_order(id) as true;
create or replace temp macro touches_settlement(id) as true;
create or replace temp macro touches_scope(source, id) as true;
