-- Grain: one published day. Rates stay side by side here; map.fx_rate.sql gives each currency a row of its own.
with cell as (
  select record_no, text_of(rate_day) as day_cell,
    coalesce(try_cast(text_of(rate_day) as date), try_strptime(text_of(rate_day), '%d %B %Y')::date) as rate_date,
    columns(* exclude (record_no, rate_day))
  from stg
), rate as (
  select record_no, day_cell, rate_date, columns(* exclude (record_no, day_cell, rate_date)),
    list_filter([usd, jpy, bgn, cyp, czk, dkk, eek, gbp, huf, ltl, lvl, mtl, pln, rol, ron, sek, sit, skk, chf, isk,
    nok, hrk, rub, trl, try, aud, brl, cad, cny, hkd, idr, ils, inr, krw, mxn, myr, nzd, php, sgd,
    thb, zar],
      lambda x: text_of(x) is not null and upper(trim(x)) <> 'N/A') as written
  from cell
)
select record_no, rate_date, columns(* exclude (record_no, day_cell, rate_date, written)),
  -- Published about 16:00 in Frankfurt.
  timezone('Europe/Berlin', rate_date + interval 16 hours) as known_at,
  case
    when day_cell is null then 'DATE_MISSING'
    when rate_date is null then 'DATE_UNREADABLE'
    when list_any_value(list_filter(written, lambda x: coalesce(try_cast(x as double), 0) <= 0)) is not null then 'NUMBER_UNREADABLE'
    when len(written) = 0 then 'NO_RATE'
  end as problem
from rate
