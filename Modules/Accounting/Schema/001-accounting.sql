-- Connections to accounting systems, what they tell of customers, and their invoices. external_key is the plugin and the system's own identifier.
create table accounting_connections (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  plugin text not null, due_at bigint, doc text not null,
  primary key (company, number)
);
create unique index accounting_connections_plugin_key on accounting_connections (company, plugin);
create index accounting_connections_due on accounting_connections (company, due_at) where due_at is not null;

create table accounting_customers (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  plugin text not null, external_key text not null, name_key text not null, partner bigint, review text, owes bigint not null, balances_of bigint not null, doc text not null,
  primary key (company, number)
);
--postgres: alter table accounting_customers alter column name_key type text collate "C";
create unique index accounting_customers_external_key_key on accounting_customers (company, external_key);
create index accounting_customers_partner on accounting_customers (company, partner, number) where partner is not null;
create index accounting_customers_review on accounting_customers (company, review, name_key, number) where review is not null;
create index accounting_customers_name on accounting_customers (company, name_key, number);
create index accounting_customers_owes on accounting_customers (company, plugin, balances_of, number) where owes = 1;

create table invoices (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  external_key text not null, customer bigint, partner bigint, name text, invoice_date text not null, due_date text, net bigint, gross bigint not null, balance bigint not null,
  currency text not null, state text not null, doc text not null,
  primary key (company, number)
);
--postgres: alter table invoices alter column invoice_date type text collate "C", alter column due_date type text collate "C";
create unique index invoices_external_key_key on invoices (company, external_key);
create index invoices_partner on invoices (company, partner, invoice_date, number) where partner is not null;
create index invoices_customer on invoices (company, customer, number) where customer is not null;
create index invoices_date on invoices (company, invoice_date, number);
create index invoices_due on invoices (company, due_date, number) where due_date is not null;
create index accounting_customers_new on accounting_customers (company, plugin, number) where balances_of = 0;
