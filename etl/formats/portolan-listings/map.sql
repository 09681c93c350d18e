-- Grain: one listing and validity period: what a SKU is called in one account.
select record_no, text_of(listing_account) as listing_account, text_of(channel_sku) as channel_sku,
  text_of(sku) as sku, text_of(external_id) as external_id, null::varchar as fnsku,
  date_of(text_of(valid_from)) as valid_from, date_of(text_of(valid_to)) as valid_to,
  snapshot_of(record_no) as known_at,
  case
    when is_mangled_id(sku) or is_mangled_id(channel_sku) or is_mangled_id(external_id) then 'ID_MANGLED'
    when text_of(sku) is null or text_of(channel_sku) is null then 'SKU_MISSING'
    when text_of(listing_account) is null then 'ID_MISSING'
    when text_of(valid_from) is not null and date_of(text_of(valid_from)) is null
      or text_of(valid_to) is not null and date_of(text_of(valid_to)) is null then 'DATE_UNREADABLE'
  end as problem
from stg
