-- Tables that belong to the commit itself. Both databases read this file; a line that begins with a dialect's name is for that one only.
-- Instants are microseconds since 1970 UTC, amounts are ten-thousandths of the currency's unit, dates are text such as 2026-03-07.

create table journal (
  company bigint not null, seq bigint not null, at bigint not null, caller text not null, operation bigint, kind text not null,
  number bigint not null, version bigint not null, fact text not null, change text not null, hash bytea not null,
  primary key (company, seq)
--sqlite: ) without rowid;
--postgres: );
create index journal_entity on journal (company, kind, number, seq);
create index journal_operation on journal (company, operation, seq) where operation is not null;
-- Without figures SQLite takes one company's journal to be ten rows and reads all of it to find one entity's; these are a large installation's.
--sqlite: analyze;
--sqlite: insert into sqlite_stat1 (tbl, idx, stat) values ('journal', 'journal', '1000000 100000 1'), ('journal', 'journal_entity', '1000000 100000 30000 5 1'), ('journal', 'journal_operation', '100000 10000 500 1');

-- The end of each journal. Locking its row is what makes a company's writers take turns across hosts.
create table heads (company bigint not null primary key, seq bigint not null, hash bytea not null);

create table sequences (company bigint not null, kind text not null, next bigint not null, primary key (company, kind));

create table idempotency (
  company bigint not null, caller text not null, key text not null, fingerprint bytea not null, created bigint not null,
  number bigint not null, version bigint not null, body bytea not null, at bigint not null,
  primary key (company, caller, key)
);

-- Uploaded files in pieces, so that every host has them and none needs them whole in memory.
create table files (company bigint not null, name text not null, piece bigint not null, bytes bytea not null, primary key (company, name, piece));
