-- Saved views of lists. A company has few, so that one index finds those of a list; who may see which is decided while reading it.

create table views (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  list text not null, owner text not null, shared text not null, department text, deleted bigint not null, doc text not null,
  primary key (company, number)
);
create index views_list on views (company, list, number) where deleted = 0;
