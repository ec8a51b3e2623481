using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>Registers and serves the description of the API (OpenAPI 3.1).</summary>
internal static class OpenApiSetup
{
    private const string Name = "v1";

    /// <summary>True while the build reads the document: the program is not to touch a database then.</summary>
    public static bool IsBuild { get; } = Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    /// <summary>Comes last: while the build reads the document, all work that would go on beside requests is taken out.</summary>
    public static void AddApiDocument(this IServiceCollection services, IReadOnlyList<IModule> modules, IConfiguration configuration)
    {
        var contact = configuration.GetSection("Api:Contact").Get<ContactOptions>() ?? new();
        services.ConfigureHttpJsonOptions(http => http.SerializerOptions.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Schemas.SeeThroughOptional } });
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            var schemas = new Schemas();
            options.CreateSchemaReferenceId = schemas.NameOf;
            options.AddSchemaTransformer(Schemas.CorrectAsync);
            options.AddOperationTransformer(Operations.CompleteAsync);
            options.AddDocumentTransformer(new DocumentFrame(modules, schemas, contact));
        });
        services.AddSingleton<ApiDocument>().AddSingleton(modules);
        if (IsBuild) services.RemoveAll<IHostedService>();
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/openapi/v1.json", async (ApiDocument document) => await document.AnswerAsync()).WithTags("server").Produces<object>(200, "application/json")
            .Documented("getOpenApi", "This document", "The description of the API, OpenAPI 3.1. It changes only with the version of the program; ETag and If-None-Match save reading it again.");

    /// <summary>The document, made when it is first asked for and kept: it cannot change while the program runs.</summary>
    internal sealed class ApiDocument([FromKeyedServices(Name)] IOpenApiDocumentProvider provider)
    {
        private readonly Lazy<Task<(byte[] Bytes, EntityTagHeaderValue Tag)>> _made = new(() => MakeAsync(provider));

        public async Task<IResult> AnswerAsync()
        {
            var (bytes, tag) = await _made.Value;
            return TypedResults.Bytes(bytes, "application/json", entityTag: tag);
        }

        private static async Task<(byte[] Bytes, EntityTagHeaderValue Tag)> MakeAsync(IOpenApiDocumentProvider provider)
        {
            using var stream = new MemoryStream();
            await (await provider.GetOpenApiDocumentAsync()).SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
            return (stream.ToArray(), new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()))[..16]}\""));
        }
    }
}
