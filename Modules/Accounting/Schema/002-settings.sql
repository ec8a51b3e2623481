-- How a company works with its accounting systems.
create table accounting_settings (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  primary key (company, number)
);
