-- A partner's name as it is written, so that others can show it without reading the whole document.
alter table partners add column name text not null default '';
--sqlite: update partners set name = json_extract(doc, '$.name');
--postgres: update partners set name = doc::json->>'name';
