-- Which system told a balance, and when: a list is asked for stale balances by both.
alter table partners add column balance_source text;
alter table partners add column balance_at bigint;
--sqlite: update partners set balance_source = json_extract(doc, '$.balance.source'), balance_at = cast(strftime('%s', json_extract(doc, '$.balance.asOf')) as integer) * 1000000 + cast(substr(replace(replace(substr(json_extract(doc, '$.balance.asOf'), 20), 'Z', ''), '+00:00', '') || '0000000', 2, 6) as integer) where balance is not null;
--postgres: update partners set balance_source = doc::json->'balance'->>'source', balance_at = (extract(epoch from regexp_replace(doc::json->'balance'->>'asOf', '(\.\d{6})\d+', '\1')::timestamptz) * 1000000)::bigint where balance is not null;
