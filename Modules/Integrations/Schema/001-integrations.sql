-- Plugins and the keys of their publishers belong to the operator: their rows are in company 0. Packages are files (plugin/<sha256>.zip).

create table plugins (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  id text not null,
  primary key (company, number)
);
create unique index plugins_id_key on plugins (company, id);

create table plugin_publishers (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  key_id text not null,
  primary key (company, number)
);
create unique index plugin_publishers_key on plugin_publishers (company, key_id);

-- A company's use of plugins.
create table integrations (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  primary key (company, number)
);

-- Secrets are in no document, so in no journal entry and in no answer. Encrypted, as is what plugins keep.
create table integration_secrets (company bigint not null, plugin text not null, name text not null, value text not null, primary key (company, plugin, name));
create table plugin_values (company bigint not null, plugin text not null, name text not null, value text not null, primary key (company, plugin, name));
