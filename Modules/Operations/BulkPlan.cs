using System.Text.Json;

namespace Crm.Operations;

/// <summary>What a bulk change was started with. Its rows are in a file, so that the operation stays small.</summary>
/// <param name="Set">What is set; null = the action sets nothing.</param>
/// <param name="Filter">The filter as it was written; null = the rows were named.</param>
/// <param name="Count">How many rows.</param>
/// <param name="File">Where their numbers are.</param>
internal sealed record BulkPlan(JsonElement? Set, string? Filter, long Count, string File);

/// <summary>The rows of a bulk change, fixed when it started: ascending numbers, each as the distance from the one before.</summary>
internal static class BulkRows
{
    private const int Most = 64 << 20;

    public static async Task SaveAsync(IFiles files, CompanyRef company, string name, IReadOnlyList<long> numbers, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write7BitEncodedInt(numbers.Count);
        var last = 0L;
        foreach (var number in numbers)
        {
            writer.Write7BitEncodedInt64(number - last);
            last = number;
        }
        writer.Flush();
        bytes.Position = 0;
        await files.SaveAsync(company, name, bytes, Most, ct);
    }

    public static async Task<long[]> ReadAsync(IFiles files, CompanyRef company, string name, CancellationToken ct)
    {
        await using var file = await files.OpenAsync(company, name, ct) ?? throw new InvalidOperationException("The list of rows is gone.");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        var numbers = new long[reader.Read7BitEncodedInt()];
        var last = 0L;
        for (var i = 0; i < numbers.Length; i++) numbers[i] = last += reader.Read7BitEncodedInt64();
        return numbers;
    }
}

/// <summary>A bulk change as a caller asks for it.</summary>
internal sealed record BulkRequest
{
    /// <summary>What to do, such as partner.setStage.</summary>
    public required string Action { get; init; }
    /// <summary>What the action sets, by the fields' names: {"stage":"lost"}. Absent for actions that set nothing.</summary>
    public JsonElement? Set { get; init; }
    /// <summary>What to do it to.</summary>
    public required BulkRequestTarget Target { get; init; }
}

/// <summary>Rows by their numbers, or by a filter as the list's query has it; one of the two.</summary>
internal sealed record BulkRequestTarget
{
    /// <summary>Numbers, 500,000 at most; the same number twice counts once.</summary>
    public IReadOnlyList<long>? Numbers { get; init; }
    /// <summary>A query string such as country=SE&amp;tag=vip. The rows are fixed when the operation starts.</summary>
    public string? Filter { get; init; }
}
