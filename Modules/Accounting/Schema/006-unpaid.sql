-- Systems that do not tell which invoices changed are asked for those that were unpaid.
create index invoices_unpaid on invoices (company, external_key, invoice_date) where balance <> 0;
