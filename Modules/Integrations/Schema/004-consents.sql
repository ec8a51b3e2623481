-- Users who have been sent to a system to consent, for ten minutes. Only a hash of what comes back is kept.
create table integration_consents (
  company bigint not null, state_hash text not null, plugin text not null, user_id text not null, redirect text not null, verifier text not null, until bigint not null,
  primary key (company, state_hash)
);
