-- A partner's document with the columns that lists filter, sort and search by. Indexes begin with the company; those that a sort walks leave out
-- deleted rows and rows without a value, so that a change of stage touches one index only. Order is binary: name_key is folded for that.

create table partners (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  name_key text not null, country text not null, organisation_number text, vat_number text, stage text, credit_limit bigint, balance bigint, uninvoiced bigint,
  latest_delivery text, owner text, department text, industry text, employees bigint, city_key text, parent bigint, deleted bigint not null, search text not null,
  doc text not null,
  primary key (company, number)
);
--postgres: alter table partners alter column name_key type text collate "C", alter column city_key type text collate "C", alter column latest_delivery type text collate "C", alter column search type text collate "C";
create index partners_stage on partners (company, stage, number) where deleted = 0;
create index partners_name on partners (company, name_key, number) where deleted = 0;
create index partners_owner on partners (company, owner, number) where deleted = 0 and owner is not null;
create index partners_balance on partners (company, balance, number) where deleted = 0 and balance is not null;
create index partners_uninvoiced on partners (company, uninvoiced, number) where deleted = 0 and uninvoiced is not null;
create index partners_credit_limit on partners (company, credit_limit, number) where deleted = 0 and credit_limit is not null;
create index partners_latest_delivery on partners (company, latest_delivery, number) where deleted = 0 and latest_delivery is not null;
create index partners_country on partners (company, country, number) where deleted = 0;
create index partners_parent on partners (company, parent, number) where parent is not null;
create index partners_organisation_number on partners (company, organisation_number, number) where organisation_number is not null;
create index partners_search on partners (company, search, number) where deleted = 0;

-- Fields with many values, and the folded contacts for free text search.
create table partner_terms (
  company bigint not null, field text not null, value text not null, number bigint not null,
  primary key (company, field, value, number)
--sqlite: ) without rowid;
--postgres: );
create index partner_terms_number on partner_terms (company, number, field, value);

create table partner_settings (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  primary key (company, number)
);
