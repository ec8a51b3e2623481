-- How many requests a plugin has sent on its last day (number of days since 0001-01-01, UTC): for a company, or in company 0 for all together.

create table plugin_requests (
  company bigint not null, plugin text not null, day bigint not null, taken bigint not null, refused bigint not null,
  primary key (company, plugin)
);
