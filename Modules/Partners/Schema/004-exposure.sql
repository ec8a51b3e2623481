-- What is ordered and not invoiced in the limit's currency, and which partners have amounts that SQL cannot compare with the limit: these are judged one by
-- one by the rule that warns. The currencies beside the amounts are not needed any more.
drop index partners_exposure;
alter table partners drop column limit_currency;
alter table partners drop column balance_currency;
alter table partners add column ordered bigint;
alter table partners add column mixed bigint not null default 0;
--sqlite: update partners set ordered = (select coalesce(sum(cast(round(json_extract(u.value, '$.amount') * 10000) as integer)), 0) from json_each(doc, '$.uninvoiced') u where json_extract(u.value, '$.currency') = json_extract(doc, '$.creditLimit.currency')), mixed = coalesce(json_extract(doc, '$.balance.currency') <> json_extract(doc, '$.creditLimit.currency'), 0) or exists (select 1 from json_each(doc, '$.uninvoiced') u where json_extract(u.value, '$.currency') <> json_extract(doc, '$.creditLimit.currency')) where credit_limit is not null;
--postgres: update partners set ordered = (select coalesce(sum((u.value->>'amount')::numeric * 10000), 0)::bigint from json_array_elements(coalesce(doc::json->'uninvoiced', '[]')) u where u.value->>'currency' = doc::json->'creditLimit'->>'currency'), mixed = (coalesce(doc::json->'balance'->>'currency' <> doc::json->'creditLimit'->>'currency', false) or exists (select 1 from json_array_elements(coalesce(doc::json->'uninvoiced', '[]')) u where u.value->>'currency' <> doc::json->'creditLimit'->>'currency'))::int where credit_limit is not null;
-- With all columns that the question names, so that it does not look at the rows.
create index partners_exposure on partners (company, credit_limit, balance, ordered, mixed, deleted, number) where deleted = 0 and credit_limit is not null and mixed = 0;
create index partners_mixed on partners (company, number) where mixed = 1;
