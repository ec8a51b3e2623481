-- What Orleans' AdoNet reminders and grain storage read and write, for the one grain that fits there: housekeeping. As in 001: the names of the statements, of
-- their parameters and of the columns are Orleans' contract (dotnet/orleans, src/AdoNet, MIT; version 10.4), tables and statements are this program's.

create table grain_reminders (
  service text not null, grain text not null, name text not null, begins_at timestamptz not null, period bigint not null, hash integer not null, version integer not null, primary key (service, grain, name)
);

create table grain_rows (
  service text not null, type text not null, key0 bigint not null, key1 bigint not null, extension text not null, version integer not null, payload bytea, primary key (service, type, key0, key1, extension)
);

insert into orleansquery values
  ('UpsertReminderRowKey', $$
    insert into grain_reminders as r values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period::bigint, @GrainHash, 0)
    on conflict (service, grain, name) do update set begins_at = excluded.begins_at, period = excluded.period, hash = excluded.hash, version = r.version + 1 returning version as Version
  $$),
  ('ReadReminderRowsKey', $$
    select grain as GrainId, name as ReminderName, begins_at as StartTime, period as Period, version as Version from grain_reminders where service = @ServiceId and grain = @GrainId
  $$),
  ('ReadReminderRowKey', $$
    select grain as GrainId, name as ReminderName, begins_at as StartTime, period as Period, version as Version from grain_reminders where service = @ServiceId and grain = @GrainId and name = @ReminderName
  $$),
  ('ReadRangeRows1Key', $$
    select grain as GrainId, name as ReminderName, begins_at as StartTime, period as Period, version as Version from grain_reminders where service = @ServiceId and hash > @BeginHash and hash <= @EndHash
  $$),
  ('ReadRangeRows2Key', $$
    select grain as GrainId, name as ReminderName, begins_at as StartTime, period as Period, version as Version from grain_reminders where service = @ServiceId and (hash > @BeginHash or hash <= @EndHash)
  $$),
  ('DeleteReminderRowKey', $$
    with gone as (delete from grain_reminders where service = @ServiceId and grain = @GrainId and name = @ReminderName and version = @Version returning 1) select count(*)::integer from gone
  $$),
  ('DeleteReminderRowsKey', $$
    delete from grain_reminders where service = @ServiceId
  $$),
  ('ReadFromStorageKey', $$
    select payload as PayloadBinary, version as Version from grain_rows
    where service = @ServiceId and type = @GrainTypeString and key0 = @GrainIdN0 and key1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString::text, '')
  $$),
  -- The version that was given, answered unchanged, says that somebody else has written.
  ('WriteToStorageKey', $$
    with added as (
      insert into grain_rows select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''), 1, @PayloadBinary where @GrainStateVersion::integer is null
      on conflict do nothing returning version
    ), changed as (
      update grain_rows set version = version + 1, payload = @PayloadBinary where service = @ServiceId and type = @GrainTypeString and key0 = @GrainIdN0 and key1 = @GrainIdN1
        and extension = coalesce(@GrainIdExtensionString::text, '') and version = @GrainStateVersion::integer returning version
    ) select coalesce((select version from added), (select version from changed), @GrainStateVersion::integer) as NewGrainStateVersion
  $$),
  ('ClearStorageKey', $$
    update grain_rows set version = version + 1, payload = null where service = @ServiceId and type = @GrainTypeString and key0 = @GrainIdN0 and key1 = @GrainIdN1
      and extension = coalesce(@GrainIdExtensionString::text, '') and version = @GrainStateVersion::integer returning version as NewGrainStateVersion
  $$),
  ('DeleteStorageKey', $$
    delete from grain_rows where service = @ServiceId and type = @GrainTypeString and key0 = @GrainIdN0 and key1 = @GrainIdN1
      and extension = coalesce(@GrainIdExtensionString::text, '') and version = @GrainStateVersion::integer returning version + 1 as NewGrainStateVersion
  $$);
