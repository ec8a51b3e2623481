create table cases (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  title_key text not null, partner bigint not null, status text not null, kind text, probability bigint not null, value bigint, weighted bigint, currency text,
  owner text, follow_up text, expected_close text, closed bigint not null, order_number bigint, deleted bigint not null, doc text not null,
  primary key (company, number)
);
--postgres: alter table cases alter column title_key type text collate "C", alter column follow_up type text collate "C", alter column expected_close type text collate "C";
create index cases_status on cases (company, status, number) where deleted = 0;
create index cases_partner on cases (company, partner, number) where deleted = 0;
create index cases_owner on cases (company, owner, number) where deleted = 0 and owner is not null;
create index cases_follow_up on cases (company, follow_up, number) where deleted = 0 and follow_up is not null;
create index cases_expected_close on cases (company, expected_close, number) where deleted = 0 and expected_close is not null;
create index cases_value on cases (company, value, number) where deleted = 0 and value is not null;
create index cases_weighted on cases (company, weighted, number) where deleted = 0 and weighted is not null;

create table case_settings (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  primary key (company, number)
);
