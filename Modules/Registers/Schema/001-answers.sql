-- What a register last said of a partner: one answer for each partner. told_at, due and differences are beside the document and beside the journal: traces
-- that nothing is decided by. told_at = when the register last said the same; due = 1: it says that something has changed; differences = how many there were
-- when they were last counted.

create table register_answers (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  partner bigint not null, told_at bigint, due bigint, differences bigint,
  primary key (company, number)
);
create unique index register_answers_partner_key on register_answers (company, partner);
create index register_answers_differences on register_answers (company, partner) where differences > 0;

-- How far the nightly reading of a register is.
create table register_nights (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  plugin text not null,
  primary key (company, number)
);
create unique index register_nights_plugin_key on register_nights (company, plugin);
