-- What is sent to accounting systems: one row for each partner and system; what says which.
create table accounting_pushes (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  plugin text not null, partner bigint, state text not null, what text not null, due_at bigint, doc text not null,
  primary key (company, number)
);
create unique index accounting_pushes_what_key on accounting_pushes (company, what);
create index accounting_pushes_due on accounting_pushes (company, due_at) where due_at is not null;
create index accounting_pushes_partner on accounting_pushes (company, partner, number) where partner is not null;
create index accounting_pushes_state on accounting_pushes (company, state, number);

create table accounting_rules (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  doc text not null, primary key (company, number)
);

-- Up to where a company's journal has been looked through for partners that have to be sent. Not journalled: looking twice does nothing.
create table accounting_marks (company bigint not null primary key, seq bigint not null, rules bigint not null, after bigint not null);

-- Requests and answers of a push's tries, without secrets, for thirty days.
create table accounting_exchanges (
  company bigint not null, push bigint not null, attempt bigint not null, place bigint not null, at bigint not null, doc text not null,
  primary key (company, push, attempt, place)
);
create index accounting_exchanges_at on accounting_exchanges (company, at);

-- Customers of which both sides have something otherwise.
alter table accounting_customers add column conflicts bigint not null default 0;
create index accounting_customers_conflicts on accounting_customers (company, name_key, number) where conflicts = 1;
