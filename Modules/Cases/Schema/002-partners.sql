-- Which partners have won a case, without looking at the rows; and the sums of what is worked on, for the cases that were there before they were kept.
create index cases_won on cases (company, partner) where deleted = 0 and kind = 'won';
insert into totals (company, kind, name, key, count, amount, weighted)
  select company, 'case', 'open', coalesce(currency, ''), count(*), coalesce(sum(value), 0), coalesce(sum(weighted), 0)
  from cases where deleted = 0 and closed = 0 and kind = 'open' group by company, coalesce(currency, '');
