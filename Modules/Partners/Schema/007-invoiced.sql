-- What was invoiced in a year, in the company's currency. Nobody had said anything of it before.
alter table partners add column invoiced bigint;
--sqlite: update partners set invoiced = 0 where json_array_length(doc, '$.external') > 0;
--postgres: update partners set invoiced = 0 where json_array_length(coalesce(doc::json->'external', '[]')) > 0;
create index partners_invoiced on partners (company, invoiced, number) where deleted = 0 and invoiced is not null;
