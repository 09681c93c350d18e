-- Market and channel pairs with data. Grain: market x channel.
select distinct market, channel from marts.mart_market_day order by market, channel;
