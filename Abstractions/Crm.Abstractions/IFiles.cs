namespace Crm;

/// <summary>Files of a company, in the database, so that every host has them.</summary>
public interface IFiles
{
    /// <summary>Stores a file, replacing one of the same name.</summary>
    /// <param name="company">Whose file.</param>
    /// <param name="name">Such as <c>import/7</c>.</param>
    /// <param name="content">Read to its end, a piece at a time.</param>
    /// <param name="most">The largest size in bytes.</param>
    /// <param name="ct">Cancels; what was stored so far is removed.</param>
    /// <returns>The size in bytes; -1 when it was larger than <paramref name="most"/>, and then nothing is stored.</returns>
    Task<long> SaveAsync(CompanyRef company, string name, Stream content, long most, CancellationToken ct);

    /// <summary>Opens a file for reading; it can be sought in. Null when there is none.</summary>
    Task<Stream?> OpenAsync(CompanyRef company, string name, CancellationToken ct);

    /// <summary>Stores one numbered piece of a file that is written bit by bit; the same piece again replaces it.</summary>
    Task SavePieceAsync(CompanyRef company, string name, long piece, byte[] content, CancellationToken ct);

    /// <summary>Removes a file; none is no error.</summary>
    Task DeleteAsync(CompanyRef company, string name, CancellationToken ct);
}
