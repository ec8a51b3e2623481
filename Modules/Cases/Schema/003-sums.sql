-- The kept sums counted anew, and two indexes made anew: the first versions kept the days without the status, and sums in the indexes. What counts as worked
-- on is what CaseTotals says. In two parts, because SQLite adds up in 64 bits.
delete from totals where kind = 'case';
insert into totals (company, kind, name, key, count, amount, weighted)
  select company, 'case', 'status', status || ' ' || coalesce(currency, ''), count(*),
    coalesce(sum(value / 1000000) * 1000000 + sum(value % 1000000), 0), coalesce(sum(weighted / 1000000) * 1000000 + sum(weighted % 1000000), 0)
  from cases where deleted = 0 group by company, status, coalesce(currency, '');
insert into totals (company, kind, name, key, count, amount, weighted)
  select company, 'case', 'open', coalesce(currency, ''), count(*),
    coalesce(sum(value / 1000000) * 1000000 + sum(value % 1000000), 0), coalesce(sum(weighted / 1000000) * 1000000 + sum(weighted % 1000000), 0)
  from cases where deleted = 0 and closed = 0 and status not in ('won', 'lost') group by company, coalesce(currency, '');
insert into totals (company, kind, name, key, count, amount, weighted)
  select company, 'case', 'followUp', status || ' ' || coalesce(follow_up, 'none'), count(*), 0, 0
  from cases where deleted = 0 and closed = 0 and status not in ('won', 'lost') group by company, status, follow_up;
insert into totals (company, kind, name, key, count, amount, weighted)
  select company, 'case', 'expectedClose', status || ' ' || coalesce(expected_close, 'none'), count(*), 0, 0
  from cases where deleted = 0 and closed = 0 and status not in ('won', 'lost') group by company, status, expected_close;
drop index cases_status;
drop index cases_owner;
create index cases_status on cases (company, status, number) where deleted = 0;
create index cases_owner on cases (company, owner, number) where deleted = 0 and owner is not null;
