-- What is written anew, by the tables that name it: every other entry of the account stays as it stands.
create or replace temp macro touches_order(id) as id in (select order_id from touched_order);
create or replace temp macro touches_settlement(id) as id in (select settlement_id from touched_settlement);
create or replace temp macro touches_scope(source, id) as id in (
  select scope_id from touched_scope where account = getvariable('account') and table_name = source);
