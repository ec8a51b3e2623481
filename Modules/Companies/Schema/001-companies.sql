-- Companies and users belong to no company: their rows are in company 0. Instants are microseconds since 1970 UTC.

create table companies (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  slug text not null, active bigint not null,
  primary key (company, number)
);
create unique index companies_slug_key on companies (company, slug);

create table company_profiles (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  primary key (company, number)
);

-- password_hash is in no document, so it is in no journal entry and in no answer either.
create table users (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  email text not null, is_operator bigint not null, password_hash text,
  primary key (company, number)
);
create unique index users_email_key on users (company, email);

-- Failed sign-ins, counted alike for e-mails that have a user and for those that have none; the e-mail is only here as its SHA-256.
create table sign_in_failures (company bigint not null, email text not null, failures bigint not null, last_at bigint not null, primary key (company, email));

create table invitations (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  secret_hash text,
  primary key (company, number)
);

-- last_used_at is written beside the journal: it is a trace, not a change that anyone made.
create table api_keys (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  secret_hash text, last_used_at bigint,
  primary key (company, number)
);

-- The keys that cookies are encrypted with, for all hosts (ASP.NET Core data protection).
create table data_protection (company bigint not null, name text not null, xml text not null, primary key (company, name));
