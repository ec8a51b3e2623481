-- A case's document with the columns that lists filter, sort, search and sum up by. Indexes begin with the company and leave out deleted rows, and rows
-- without a value where the sort puts those last. Order is binary: title_key and search are folded for that. Instants are microseconds since 1970 UTC.

create table cases (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  title_key text not null, search text not null, partner bigint not null, status text not null, kind text, status_changed bigint not null, probability bigint not null,
  value bigint, weighted bigint, currency text, owner text, follow_up text, expected_close text, lost_reason text,
  closed bigint not null, converted bigint not null, deleted bigint not null, doc text not null,
  primary key (company, number)
);
--postgres: alter table cases alter column title_key type text collate "C", alter column search type text collate "C", alter column follow_up type text collate "C", alter column expected_close type text collate "C";
create index cases_title on cases (company, title_key, number) where deleted = 0;
create index cases_status on cases (company, status, number) where deleted = 0;
create index cases_owner on cases (company, owner, number) where deleted = 0 and owner is not null;
create index cases_status_changed on cases (company, status_changed, number) where deleted = 0;
create index cases_created on cases (company, created_at, number) where deleted = 0;
create index cases_partner on cases (company, partner, number) where deleted = 0;
create index cases_follow_up on cases (company, follow_up, number) where deleted = 0 and follow_up is not null;
create index cases_expected_close on cases (company, expected_close, number) where deleted = 0 and expected_close is not null;
create index cases_value on cases (company, value, number) where deleted = 0 and value is not null;
create index cases_weighted on cases (company, weighted, number) where deleted = 0 and weighted is not null;
-- Counts a page of partners' open cases without looking at the rows.
create index cases_open on cases (company, partner) where deleted = 0 and closed = 0 and kind = 'open';

create table case_settings (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  primary key (company, number)
);
