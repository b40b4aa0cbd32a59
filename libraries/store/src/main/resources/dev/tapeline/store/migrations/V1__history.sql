-- The history of the market. Times are epoch milliseconds UTC.

create table history_series (
  id integer generated always as identity primary key,
  symbol text not null,
  source text not null,
  origin text not null,
  kind text not null,
  part text not null,
  unique (symbol, source, origin, kind, part)
);

-- Bars of frames that divide a day, in a partition a day.
create table history_bars (
  series integer not null,
  t bigint not null,
  open numeric not null,
  high numeric not null,
  low numeric not null,
  close numeric not null,
  volume numeric,
  count bigint not null,
  revision integer not null,
  partial boolean not null,
  primary key (series, t)
) partition by range (t);

-- Bars of days, weeks and months.
create table history_long_bars (
  series integer not null,
  t bigint not null,
  open numeric not null,
  high numeric not null,
  low numeric not null,
  close numeric not null,
  volume numeric,
  count bigint not null,
  revision integer not null,
  partial boolean not null,
  primary key (series, t)
);

create table history_ticks (
  series integer not null,
  t bigint not null,
  id bigint,
  ordinal integer not null,
  price numeric not null,
  quantity numeric,
  aggressor text,
  unique nulls not distinct (series, t, id, ordinal)
) partition by range (t);

create table history_chains (
  series integer not null,
  t bigint not null,
  body bytea not null,
  primary key (series, t)
) partition by range (t);

create table history_figures (
  series integer not null,
  t bigint not null,
  value double precision not null,
  primary key (series, t)
);

-- For people who ask in SQL.
create view history_candles as
select s.symbol, s.source, s.origin, s.part as tf, to_timestamp(b.t / 1000.0) as time,
       b.open, b.high, b.low, b.close, b.volume, b.count, b.revision, b.partial
from history_series s
join (select * from history_bars union all select * from history_long_bars) b on b.series = s.id
where s.kind = 'bar';
