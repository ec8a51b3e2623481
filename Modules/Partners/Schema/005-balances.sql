-- When accounting systems last said what all partners owe.
create table balance_ages (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  primary key (company, number)
);
