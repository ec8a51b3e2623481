using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Crm;

/// <summary>
/// A request's JSON body, read strictly: every unknown member and every wrong type is reported at once, by its JSON pointer.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
public sealed record Body<T>(T Value) : IEndpointParameterMetadataProvider where T : class
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Called by the framework.</summary>
    /// <exception cref="RefusedException">The body is not what the endpoint takes; answered as 400 or 415.</exception>
    public static async ValueTask<Body<T>> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var type = context.Request.ContentType;
        if (type is not null && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/merge-patch+json", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(new Refusal((RefusalKind)StatusCodes.Status415UnsupportedMediaType, "request.mediaType", "The body is application/json."));
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, Options, context.RequestAborted);
            return new(Read(document.RootElement));
        }
        catch (InvalidOperationException)
        {
            // The search for duplicate members found a name with half a surrogate pair.
            throw new RefusedException(Refusal.Malformed([new Problem("", "request.text", "A member's name is not Unicode text.")]));
        }
        catch (JsonException broken)
        {
            throw new RefusedException(Refusal.Malformed("request.json", $"The body is not JSON that can be read (line {broken.LineNumber + 1 ?? 1}, byte {broken.BytePositionInLine ?? 0})."));
        }
    }

    /// <summary>Reads a body that was parsed already.</summary>
    /// <exception cref="RefusedException">It is not what the endpoint takes.</exception>
    public static T Read(JsonElement element)
    {
        var info = (JsonTypeInfo<T>)Json.Wire.GetTypeInfo(typeof(T));
        List<Problem> problems = [];
        BodyShape.Check(element, info, "", problems);
        if (problems.Count > 0) throw new RefusedException(Refusal.Malformed(problems));
        try
        {
            return element.Deserialize(info) ?? throw new RefusedException(Refusal.Malformed("request.json", "The body is null."));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            // What the shape check cannot see, such as a number that overflows or a date that does not exist.
            throw new RefusedException(Refusal.Malformed([new Problem(BodyShape.Pointer((wrong as JsonException)?.Path), "request.value", "This value cannot be read here.")]));
        }
    }

    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata(["application/json", "application/merge-patch+json"], typeof(T)));
    }
}
