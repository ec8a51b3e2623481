-- Sums that are kept in the commit of the rows that they are made of, so that a figure over 200,000 rows is one row. See Total in Crm.Abstractions.
create table totals (
  company bigint not null, kind text not null, name text not null, key text not null, count bigint not null, amount numeric not null, weighted numeric not null,
  primary key (company, kind, name, key)
--sqlite: ) without rowid;
--postgres: );
