using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>What the marks of an endpoint mean for its callers.</summary>
internal sealed class Endpoint(OpenApiOperationTransformerContext context)
{
    private readonly IList<object> _marks = context.Description.ActionDescriptor.EndpointMetadata;

    public string Method { get; } = context.Description.HttpMethod!;

    public string Path { get; } = context.Description.RelativePath!;

    public Area? Area => Mark<Area>();

    public string? Right => Mark<RequiredRight>()?.Right;

    public CreatedStatus? Created => Mark<CreatedStatus>();

    public ListedFields? List => Mark<ListedFields>();

    /// <summary>Needs no credentials.</summary>
    public bool IsOpen => Area is null || Mark<Anonymous>() is not null;

    /// <summary>Changes something in a company or among the companies; signing in and out has no conditions.</summary>
    public bool IsWrite => Method != "GET" && Area is not null && Area != Area.Session;

    /// <summary>Changes one thing that has a version already.</summary>
    public bool IsConditional => IsWrite && (Method != "POST" || (HasOwnParameter && Created?.Status != StatusCodes.Status201Created));

    /// <summary>Honours an Idempotency-Key.</summary>
    public bool IsRepeatable => IsWrite && Method is "POST" or "PATCH";

    /// <summary>Answers one thing with its version.</summary>
    public bool IsSingle => Area is not null && Area != Area.Session && context.Description.SupportedResponseTypes.Any(r => r.Type is { IsGenericType: false, IsArray: false } type && type != typeof(void));

    private bool HasOwnParameter => context.Description.ParameterDescriptions.Any(p => p.Source.Id == "Path");

    /// <summary>What the answer's type says about 200 is about 201 or 202, unless it is another view.</summary>
    public bool IsNever200 => Created is { } created && context.Description.SupportedResponseTypes.All(r => r.StatusCode != StatusCodes.Status200OK || r.Type == created.View);

    /// <summary>The statuses of the problems that can come.</summary>
    public IEnumerable<int> Problems(OpenApiOperation operation)
    {
        var reads = operation.RequestBody is not null;
        if (reads || IsRepeatable || operation.Parameters?.Any(p => p.In == ParameterLocation.Query) == true) yield return 400;
        if (Area is not null) yield return 401;
        if (!IsOpen) yield return 403;
        if (Area == Area.Company || Area == Area.Operator) yield return 404;
        if (IsWrite) yield return 409;
        if (IsConditional) yield return 412;
        if (reads) yield return 413;
        if (reads) yield return 415;
        if (reads || IsRepeatable) yield return 422;
        if (Area is not null) yield return 429;
        yield return 500;
        if (Area is not null) yield return 503;
    }

    /// <summary>What a part of the path stands for, from the segment before it: <c>partners/{number}</c> is the number of the partner.</summary>
    public string WordsFor(string parameter)
    {
        var segments = Path.Split('/');
        var at = Array.FindIndex(segments, s => s.StartsWith($"{{{parameter}", StringComparison.Ordinal) && s[parameter.Length + 1] is '}' or ':');
        var many = at < 1 ? "thing" : segments[at - 1].Replace('-', ' ');
        var one = many.EndsWith("ies", StringComparison.Ordinal) ? $"{many[..^3]}y" : many.TrimEnd('s');
        return parameter switch
        {
            "number" => $"The number of the {one}.",
            "key" => $"The key of the {one}; it never changes.",
            "slug" => $"The slug of the {one}: its name in addresses.",
            _ => $"The {parameter} of the {one}.",
        };
    }

    private T? Mark<T>() where T : class => _marks.OfType<T>().LastOrDefault();
}
