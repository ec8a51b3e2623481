-- A company's way in at a system with OAuth. The pair is encrypted and never in a document; its version counts renewals, and the lease says which host renews.
create table integration_tokens (
  company bigint not null, plugin text not null, version bigint not null, needs_reconnect bigint not null, pair text not null, changed_at bigint not null,
  lease_host text not null, lease_until bigint not null,
  primary key (company, plugin)
);
