-- Orders with the columns that lists filter, sort and search by. An order's sums are kept on its partner.
create table orders (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null,
  kind text not null, partner bigint not null, case_number bigint, order_date text not null, start_date text, delivery_date text, owner text,
  net bigint not null, uninvoiced bigint not null, currency text not null, state text not null, cancelled bigint not null, locked bigint not null, search text not null, doc text not null,
  primary key (company, number)
);
--postgres: alter table orders alter column order_date type text collate "C", alter column start_date type text collate "C", alter column delivery_date type text collate "C", alter column search type text collate "C";
create unique index orders_case_number_key on orders (company, case_number) where case_number is not null;
create index orders_partner on orders (company, partner, order_date, number) where cancelled = 0;
create index orders_of_partner on orders (company, partner, number);
create index orders_state on orders (company, state, number);
create index orders_delivery_date on orders (company, delivery_date, number) where delivery_date is not null;
create index orders_order_date on orders (company, order_date, number);
create index orders_net on orders (company, net, number);
create index orders_owner on orders (company, owner, number) where owner is not null;

create table order_settings (
  company bigint not null, number bigint not null, version bigint not null, created_at bigint not null, updated_at bigint not null, doc text not null,
  primary key (company, number)
);
