using System.Data.Common;

namespace Crm;

/// <summary>
/// Reads committed rows of one company, and writes what needs no journal (uploaded files, leases). Every statement names <c>@company</c>, which is
/// always bound to the company it was called for; on PostgreSQL row-level security holds the same line a second time.
/// </summary>
public interface IDatabase
{
    /// <summary>Runs one SELECT.</summary>
    /// <param name="company">Bound as <c>@company</c>.</param>
    /// <param name="sql">Understood by SQLite and PostgreSQL alike; it must name <c>@company</c>.</param>
    /// <param name="arguments">Values for <c>@name</c> in the text: long, string, byte[] or null.</param>
    /// <param name="map">Reads one row.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="StorageException">The database does not answer.</exception>
    Task<List<T>> QueryAsync<T>(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct);

    /// <summary>Runs one INSERT, UPDATE or DELETE in its own durable transaction and answers how many rows it touched.</summary>
    /// <exception cref="StorageException">The database does not answer.</exception>
    Task<int> ExecuteAsync(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, CancellationToken ct);

    /// <summary>The ids of the companies that have rows meeting a condition, for background work that looks for its companies: ids, and no content of any row.</summary>
    /// <param name="table">A table of this program.</param>
    /// <param name="condition">SQL without arguments, such as <c>open = 1</c>.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<int>> CompaniesWithAsync(string table, string condition, CancellationToken ct);
}

/// <summary>A value for <c>@name</c> in a statement.</summary>
public readonly record struct Argument(string Name, object? Value);

/// <summary>The database is away, full or too slow. Answered as 503; nothing is wrong with the request.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
