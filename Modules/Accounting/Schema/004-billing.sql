-- What invoices count as, and the sums of it by month, which figures are made of. What counts as what is what Billing says.
alter table invoices add column billing text not null default 'included';
--sqlite: update invoices set billing = case when state = 'cancelled' then 'cancelled' when coalesce(name, '') = '' then 'notNumbered' when json_extract(doc, '$.there.isSent') = 0 or (json_extract(doc, '$.there.isSent') is null and state = 'draft') then 'notSent' else 'included' end;
--postgres: update invoices set billing = case when state = 'cancelled' then 'cancelled' when coalesce(name, '') = '' then 'notNumbered' when doc::json->'there'->>'isSent' = 'false' or (doc::json->'there'->>'isSent' is null and state = 'draft') then 'notSent' else 'included' end;
create index invoices_billed on invoices (company, partner) where partner is not null and billing = 'included';
insert into totals (company, kind, name, key, count, amount, weighted)
  select company, 'invoice', 'billing', substr(invoice_date, 1, 7) || ' ' || billing || ' ' || case when state in ('draft', 'cancelled') then state else 'included' end || ' ' || currency, count(*),
    sum(coalesce(net, gross)), sum(case when net is null then 1 else 0 end)
  from invoices group by company, substr(invoice_date, 1, 7), billing, case when state in ('draft', 'cancelled') then state else 'included' end, currency;
