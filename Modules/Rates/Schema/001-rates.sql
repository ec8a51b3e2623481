-- What a source told on a day.
create table rate_days (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  day text not null, source text not null, day_key text not null, doc text not null,
  primary key (company, number)
);
--postgres: alter table rate_days alter column day type text collate "C";
create unique index rate_days_day_key_key on rate_days (company, day_key);
create index rate_days_day on rate_days (company, day, number);
