-- What Orleans' AdoNet clustering reads and writes. Orleans asks for the statements themselves: it reads OrleansQuery by name and runs what it finds, so the tables
-- behind them are ours. The names of the statements, of their parameters and of the columns that they answer are Orleans' contract, as its documentation and its
-- provider say (dotnet/orleans, src/AdoNet, MIT; version 10.4); the tables and the statements are written anew for this program.
-- The provider reads statements as text, so no comment can be inside them.

create table orleansquery (querykey text not null primary key, querytext text not null);

-- One row for a cluster: who changes a silo's row must know the version, and moves it on.
create table cluster_versions (cluster text not null primary key, version integer not null, changed_at timestamptz not null);

create table cluster_silos (
  cluster text not null references cluster_versions, address text not null, port integer not null, generation integer not null, name text not null, host text not null,
  status integer not null, gateway_port integer not null, suspected text, started_at timestamptz not null, alive_at timestamptz not null, primary key (cluster, address, port, generation)
);

insert into orleansquery values
  ('InsertMembershipVersionKey', $$
    with added as (insert into cluster_versions values (@DeploymentId, 0, now()) on conflict do nothing returning 1) select count(*)::integer from added
  $$),
  ('InsertMembershipKey', $$
    with moved as (
      update cluster_versions set version = version + 1, changed_at = now() where cluster = @DeploymentId and version = @Version
        and not exists (select 1 from cluster_silos where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation) returning cluster
    ), added as (
      insert into cluster_silos select cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, null, @StartTime, @IAmAliveTime from moved returning 1
    ) select count(*)::integer from added
  $$),
  ('UpdateMembershipKey', $$
    with moved as (
      update cluster_versions set version = version + 1, changed_at = now() where cluster = @DeploymentId and version = @Version
        and exists (select 1 from cluster_silos where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation) returning cluster
    ), changed as (
      update cluster_silos s set status = @Status, suspected = @SuspectTimes, alive_at = @IAmAliveTime from moved
        where s.cluster = moved.cluster and s.address = @Address and s.port = @Port and s.generation = @Generation returning 1
    ) select count(*)::integer from changed
  $$),
  ('UpdateIAmAlivetimeKey', $$
    update cluster_silos set alive_at = @IAmAliveTime where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation
  $$),
  ('MembershipReadRowKey', $$
    select v.cluster as DeploymentId, s.address as Address, s.port as Port, s.generation as Generation, s.name as SiloName, s.host as HostName, s.status as Status, s.gateway_port as ProxyPort,
      s.suspected as SuspectTimes, s.started_at as StartTime, s.alive_at as IAmAliveTime, v.version as Version
    from cluster_versions v left join cluster_silos s on s.cluster = v.cluster and s.address = @Address and s.port = @Port and s.generation = @Generation where v.cluster = @DeploymentId
  $$),
  ('MembershipReadAllKey', $$
    select v.cluster as DeploymentId, s.address as Address, s.port as Port, s.generation as Generation, s.name as SiloName, s.host as HostName, s.status as Status, s.gateway_port as ProxyPort,
      s.suspected as SuspectTimes, s.started_at as StartTime, s.alive_at as IAmAliveTime, v.version as Version
    from cluster_versions v left join cluster_silos s on s.cluster = v.cluster where v.cluster = @DeploymentId
  $$),
  ('GatewaysQueryKey', $$
    select address as Address, gateway_port as ProxyPort, generation as Generation from cluster_silos where cluster = @DeploymentId and status = @Status and gateway_port > 0
  $$),
  ('DeleteMembershipTableEntriesKey', $$
    with silos as (delete from cluster_silos where cluster = @DeploymentId) delete from cluster_versions where cluster = @DeploymentId
  $$),
  ('CleanupDefunctSiloEntriesKey', $$
    delete from cluster_silos where cluster = @DeploymentId and alive_at < @IAmAliveTime and status <> 3
  $$);
