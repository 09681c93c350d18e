-- The order is known from its day on; what came later says its own day in received_on.
select * replace (timezone('UTC', ordered_on::timestamp) as known_at) from typed where problem is null
