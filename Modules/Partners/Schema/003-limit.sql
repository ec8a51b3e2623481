-- The currencies beside the amounts, so that SQL can tell who is over the limit; one index has all that the question needs.
alter table partners add column limit_currency text;
alter table partners add column balance_currency text;
--sqlite: update partners set limit_currency = json_extract(doc, '$.creditLimit.currency'), balance_currency = json_extract(doc, '$.balance.currency');
--postgres: update partners set limit_currency = doc::json->'creditLimit'->>'currency', balance_currency = doc::json->'balance'->>'currency';
create index partners_exposure on partners (company, credit_limit, limit_currency, balance, balance_currency, uninvoiced, number) where deleted = 0 and credit_limit is not null;
