-- Removes the entries that are about to be written anew.
delete from facts.ledger_entry
where account = getvariable('account')
  and case source_table
    when 'order_line' then order_id in (select order_id from touched_order)
    when 'settlement_entry' then
      order_id in (select order_id from touched_order)
      or scope_id in (select settlement_id from touched_settlement)
    else (source_table, scope_id) in (select (table_name, scope_id) from touched_scope where account = getvariable('account'))
  end;
