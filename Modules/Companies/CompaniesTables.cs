using System.Data.Common;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Companies;

/// <summary>The SQL of this module.</summary>
internal sealed class CompaniesTables(IDatabase database)
{
    private const string Row = "number, version, created_at, updated_at, doc";

    public async Task<Row<Company>?> CompanyAsync(string slug, CancellationToken ct) =>
        One(await database.QueryAsync(CompanyRef.System, $"select {Row} from companies where company = @company and slug = @slug", [new("slug", slug)], RowOf<Company>, ct));

    public Task<List<Row<Company>>> CompaniesAsync(CancellationToken ct) =>
        database.QueryAsync(CompanyRef.System, $"select {Row} from companies where company = @company order by slug", [], RowOf<Company>, ct);

    public async Task<Row<User>?> UserAsync(long number, CancellationToken ct) =>
        One(await database.QueryAsync(CompanyRef.System, $"select {Row} from users where company = @company and number = @number", [new("number", number)], RowOf<User>, ct));

    public async Task<Row<User>?> UserAsync(string email, CancellationToken ct) =>
        One(await database.QueryAsync(CompanyRef.System, $"select {Row} from users where company = @company and email = @email", [new("email", email)], RowOf<User>, ct));

    public async Task<bool> HasOperatorAsync(CancellationToken ct) =>
        (await database.QueryAsync(CompanyRef.System, "select number from users where company = @company and is_operator = 1 limit 1", [], row => row.GetInt64(0), ct)).Count > 0;

    public async Task<string?> PasswordHashAsync(long user, CancellationToken ct) =>
        One(await database.QueryAsync(CompanyRef.System, "select password_hash from users where company = @company and number = @number", [new("number", user)], row => row.IsDBNull(0) ? null : row.GetString(0), ct));

    public async Task<(Row<Invitation> Row, byte[] Hash)?> InvitationAsync(int company, long number, CancellationToken ct) =>
        One(await database.QueryAsync(Of(company), $"select {Row}, secret_hash from invitations where company = @company and number = @number", [new("number", number)],
            row => ((Row<Invitation>, byte[])?)(RowOf<Invitation>(row), Convert.FromHexString(row.GetString(5))), ct));

    public async Task<(Row<ApiKey> Row, byte[] Hash)?> KeyAsync(int company, long number, CancellationToken ct) =>
        One(await database.QueryAsync(Of(company), $"select {Row}, secret_hash from api_keys where company = @company and number = @number", [new("number", number)],
            row => ((Row<ApiKey>, byte[])?)(RowOf<ApiKey>(row), Convert.FromHexString(row.GetString(5))), ct));

    public Task<List<(Row<ApiKey> Row, DateTimeOffset? LastUsedAt)>> KeysAsync(CompanyRef company, long? number, CancellationToken ct) =>
        database.QueryAsync(company, $"select {Row}, last_used_at from api_keys where company = @company{(number is null ? "" : " and number = @number")} order by number",
            number is null ? [] : [new("number", number)], row => (RowOf<ApiKey>(row), row.IsDBNull(5) ? (DateTimeOffset?)null : Instant(row, 5)), ct);

    public Task UsedAsync(int company, long key, DateTimeOffset at, CancellationToken ct) => database.ExecuteAsync(Of(company),
        "update api_keys set last_used_at = @at where company = @company and number = @number and coalesce(last_used_at, 0) < @at", [new("at", Micros(at)), new("number", key)], ct);

    /// <summary>Counts an attempt before its password is looked at, so that attempts at the same time count as well. False = the e-mail is locked.</summary>
    /// <param name="email">Hash of the e-mail.</param>
    /// <param name="now">Now.</param>
    /// <param name="most">Attempts that may fail in a row.</param>
    /// <param name="window">How long the lock, and the memory of failures, lasts.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<bool> TryAttemptAsync(string email, DateTimeOffset now, int most, TimeSpan window, CancellationToken ct) =>
        await database.ExecuteAsync(CompanyRef.System, """
            insert into sign_in_failures (company, email, failures, last_at) values (@company, @email, 1, @now)
            on conflict (company, email) do update set last_at = excluded.last_at,
              failures = case when sign_in_failures.last_at <= @since then 1 else sign_in_failures.failures + 1 end
            where sign_in_failures.failures < @most or sign_in_failures.last_at <= @since
            """, [new("email", email), new("now", Micros(now)), new("since", Micros(now - window)), new("most", (long)most)], ct) == 1;

    /// <summary>Forgets the failures of an e-mail that has signed in, and everybody's old ones.</summary>
    public Task ForgetAttemptsAsync(string email, DateTimeOffset before, CancellationToken ct) => database.ExecuteAsync(CompanyRef.System,
        "delete from sign_in_failures where company = @company and (email = @email or last_at <= @before)", [new("email", email), new("before", Micros(before))], ct);

    public static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static CompanyRef Of(int company) => new(company, "");

    private static T? One<T>(List<T> rows) => rows.Count == 0 ? default : rows[0];

    private static DateTimeOffset Instant(DbDataReader row, int column) => DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(column) * TimeSpan.TicksPerMicrosecond);

    private static Row<T> RowOf<T>(DbDataReader row) where T : class =>
        new(row.GetInt64(0), row.GetInt64(1), Instant(row, 2), Instant(row, 3), JsonSerializer.Deserialize<T>(row.GetString(4), Json.State)!);
}
