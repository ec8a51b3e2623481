using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Imports;

/// <summary>How a file is to be read, in the query of the upload.</summary>
internal sealed record ImportOptions
{
    [Description("What the rows are: partners.")]
    public string? Target { get; init; }

    [Description("comma, semicolon, tab or pipe.")]
    public string? Separator { get; init; }

    [Description("utf-8, utf-16, utf-16BE or windows-1252.")]
    public string? Encoding { get; init; }

    [Description("True when 1.000,50 is a thousand and a half.")]
    public string? DecimalComma { get; init; }

    [Description("False when the first row is data; columns are then called 1, 2, 3 …")]
    public string? HasHeader { get; init; }

    [Description("A JSON object from heading to field name, or to null to leave a column out.")]
    public string? Mapping { get; init; }

    private static readonly Dictionary<string, char> Separators = new() { ["comma"] = ',', ["semicolon"] = ';', ["tab"] = '\t', ["pipe"] = '|' };

    public CsvOverrides Overrides(List<Problem> problems)
    {
        char? separator = null;
        if (Separator is not null)
        {
            if (Separators.TryGetValue(Separator, out var known)) separator = known;
            else problems.Add(new("/separator", "import.separator", $"Use one of: {string.Join(", ", Separators.Keys)}."));
        }
        if (Encoding is not null && !CsvFormat.Encodings.Contains(Encoding)) problems.Add(new("/encoding", "import.encoding", $"Use one of: {string.Join(", ", CsvFormat.Encodings)}."));
        return new(Encoding, separator, YesOrNo(DecimalComma, "decimalComma", problems), YesOrNo(HasHeader, "hasHeader", problems));
    }

    public Dictionary<string, string?>? Mapped(List<Problem> problems)
    {
        if (Mapping is null) return null;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string?>>(Mapping, Json.Wire);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            problems.Add(new("/mapping", "import.mapping", "A JSON object from heading to field name or null."));
            return null;
        }
    }

    private static bool? YesOrNo(string? text, string name, List<Problem> problems)
    {
        if (text is null) return null;
        if (bool.TryParse(text, out var yes)) return yes;
        problems.Add(new($"/{name}", "filter.value", $"'{name}' is true or false."));
        return null;
    }
}

/// <summary>What would become of a file.</summary>
/// <param name="Format">How it was understood.</param>
/// <param name="Columns">Field to column, from 0.</param>
/// <param name="Unmapped">Headings that fill nothing.</param>
/// <param name="Rows">Rows in all.</param>
/// <param name="Created">Rows that would make a partner.</param>
/// <param name="Updated">Rows that would change one.</param>
/// <param name="Unchanged">Rows that are so already.</param>
/// <param name="Refused">Rows that break a rule.</param>
/// <param name="Problems">The first hundred of them, by row and column.</param>
/// <param name="Sample">The first ten rows as they were read.</param>
internal sealed record ImportPreview(
    FormatView Format, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<string> Unmapped, long Rows, long Created, long Updated, long Unchanged, long Refused,
    IReadOnlyList<RowProblem> Problems, IReadOnlyList<IReadOnlyDictionary<string, string?>> Sample);

/// <summary>An import and its operation.</summary>
/// <param name="Format">How the file was understood.</param>
/// <param name="Columns">Field to column, from 0.</param>
/// <param name="Unmapped">Headings that fill nothing.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Operation">How far it is.</param>
internal sealed record ImportView(FormatView Format, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<string> Unmapped, long Bytes, OperationView Operation);

/// <summary>How a file was understood.</summary>
/// <param name="Encoding">How letters are written.</param>
/// <param name="Separator">What stands between cells.</param>
/// <param name="DecimalComma">True when 1.000,50 is a thousand and a half.</param>
/// <param name="HasHeader">True when the first row is headings.</param>
internal sealed record FormatView(string Encoding, string Separator, bool DecimalComma, bool HasHeader)
{
    public static FormatView Of(CsvFormat format) => new(format.Encoding, format.Separator.ToString(), format.DecimalComma, format.HasHeader);
}

/// <summary>Hashes an upload while it is stored: the file is a part of what an idempotency key stands for.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public byte[] Hash() => _hash.GetHashAndReset();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Uploads are read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }
}
