-- Removes the order counts that are about to be written anew.
delete from facts.order_count
where account = getvariable('account')
  and case source_table
    when 'order_line' then scope_id in (select order_id from touched_order)
    else (source_table, scope_id) in (select (table_name, scope_id) from touched_scope where account = getvariable('account'))
  end;
