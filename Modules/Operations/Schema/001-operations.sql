create table operations (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  action text not null, state text not null, is_open bigint not null, doc text not null,
  primary key (company, number)
);
create index operations_open on operations (company, number) where is_open = 1;
