using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crm.StandIns;

/// <summary>
/// What a vendor takes, as its specification says, in our words (Contracts/*.json): which operations there are, their parameters, headers and bodies.
/// A stand-in refuses a request that breaks it, with the place and the reason, as the vendor would; so a plugin that sends one fails its test.
/// </summary>
public sealed class VendorContract
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonObject _said;
    private readonly JsonShape _shape;

    private VendorContract(JsonObject said) => (_said, _shape) = (said, new(said["shapes"]?.AsObject() ?? []));

    /// <param name="name">Of the file, such as fortnox.</param>
    public static VendorContract Of(string name)
    {
        using var file = typeof(VendorContract).Assembly.GetManifestResourceStream($"{name}.contract.json") ?? throw new InvalidOperationException($"There is no contract {name}.");
        return new(JsonNode.Parse(file, null, Strict)!.AsObject());
    }

    /// <summary>What can be asked: the method and the form of the path.</summary>
    public IEnumerable<(string Method, string Path)> Operations => _said["operations"]!.AsArray().Select(o => ((string)o!["method"]!, (string)o["path"]!));

    /// <summary>What the vendor would refuse about a request; empty = nothing.</summary>
    public IReadOnlyList<string> Violations(string method, string path, IEnumerable<KeyValuePair<string, string>> query, Func<string, string?> header, string body)
    {
        if (!path.StartsWith((string)_said["below"]!, StringComparison.Ordinal)) return [];
        var operation = _said["operations"]!.AsArray().FirstOrDefault(o => (string)o!["method"]! == method && Regex.IsMatch(path, $"^{o!["path"]}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
        if (operation is null) return ["there is no such operation."];
        return [.. Headers(header, hasBody: body.Length > 0), .. Query(operation, query), .. Body(operation, body)];
    }

    /// <summary>Lets a request pass, or refuses what the usual answer would have let pass.</summary>
    public async Task HoldAsync(HttpContext context, RequestDelegate usual, Func<HttpContext, string, Task> refuse)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(usual);
        ArgumentNullException.ThrowIfNull(refuse);
        var request = context.Request;
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        request.Body.Position = 0;
        var violations = Violations(request.Method, request.Path, request.Query.SelectMany(q => q.Value.Select(value => KeyValuePair.Create(q.Key, value ?? ""))), name => request.Headers[name] is [var value] ? value : null, body);
        if (violations.Count == 0) { await usual(context); return; }
        var why = $"{request.Method} {request.Path} breaks the contract: {string.Join(" ", violations)}";
        context.Items[typeof(VendorContract)] = why;
        // What is refused for another reason, such as no token, or in the vendor's own words, is answered so.
        var (answer, kept) = (context.Response.Body, new MemoryStream());
        context.Response.Body = kept;
        try { await usual(context); }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException or ArgumentException) { /* It cannot even be read. */ }
        finally { context.Response.Body = answer; }
        if (context.Response.StatusCode >= 400) { await answer.WriteAsync(kept.ToArray(), context.RequestAborted); return; }
        context.Response.Headers.ContentLength = null;
        await refuse(context, why);
    }

    /// <summary>What is wrong with a request, for those who would change something: nothing that is refused is carried out. Null = nothing.</summary>
    public static string? Broken(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items[typeof(VendorContract)] as string;
    }

    private IEnumerable<string> Headers(Func<string, string?> header, bool hasBody) =>
        _said["headers"]!.AsObject().Where(h => hasBody || h.Key != "content-type").Where(h => header(h.Key) is { } value ? !Regex.IsMatch(value, (string)h.Value!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) : h.Key != "accept").Select(h => $"{h.Key}: it has to be {h.Value}.");

    private IEnumerable<string> Query(JsonNode operation, IEnumerable<KeyValuePair<string, string>> query)
    {
        var known = (operation["query"]?.AsArray() ?? []).SelectMany(set => _said["queries"]![(string)set!]!.AsObject()).ToDictionary(p => p.Key, p => p.Value!);
        return query.SelectMany(q => known.TryGetValue(q.Key, out var rule) ? _shape.Faults(Typed(q.Value, rule), rule, $"?{q.Key}") : [$"?{q.Key}: there is no such parameter."]);
    }

    /// <summary>A parameter is a text; where a number is wanted it has to be one.</summary>
    private static JsonValue Typed(string value, JsonNode rule) =>
        (string?)rule["type"] is "integer" && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(value);

    private IEnumerable<string> Body(JsonNode operation, string body)
    {
        if (operation["body"] is not { } rule) return body.Length == 0 ? [] : ["it takes no body."];
        try { return _shape.Faults(JsonNode.Parse(body, null, Strict), rule); }
        catch (JsonException) { return ["its body is no JSON."]; }
    }
}
