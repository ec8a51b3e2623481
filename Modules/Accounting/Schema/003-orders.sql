-- The order that an invoice says it invoices. No system had told of one before.
alter table invoices add column order_number bigint;
create index invoices_order on invoices (company, order_number) where order_number is not null;
