using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Crm.Plugins.Cvr;

/// <summary>Virk's distribution of the register: an Elasticsearch that is asked by POST.</summary>
internal sealed class Virk(IPluginCall call, string user, string password) : ICvrSource
{
    private const string System = "Virk's distribution", Companies = "virksomhed", Units = "produktionsenhed";
    private const string Number = "Vrvirksomhed.cvrNummer", Changed = "Vrvirksomhed.sidstOpdateret", Name = "Vrvirksomhed.virksomhedMetadata.nyesteNavn.navn", Unit = "VrproduktionsEnhed.pNummer";
    private const int MostBranches = 500, MostPages = 50;

    /// <summary>What is indexed late is seen all the same, and our clock need not be the register's.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly int _page = (int)(call.Settings.Number("pageSize") ?? 100);

    public async ValueTask<PluginHealth> TestAsync(CancellationToken ct)
    {
        // The register's own authority has been in the register since the beginning.
        _ = await AskAsync(Companies, new() { ["size"] = 0, ["query"] = Term(Number, 10150817) }, ct);
        return new() { IsHealthy = true, Detail = "Virk's distribution of CVR accepts the user." };
    }

    public async ValueTask<RegisterHit[]> SearchAsync(RegisterQuery query, CancellationToken ct)
    {
        var hits = await AskAsync(Companies, new()
        {
            ["size"] = query.Limit,
            ["_source"] = Texts(Number, "Vrvirksomhed.virksomhedMetadata", "Vrvirksomhed.livsforloeb", "Vrvirksomhed.virksomhedsstatus"),
            ["query"] = CvrNumber.Of(query.Text) is { } number ? Term(Number, Digits(number)) : Named(query.Text),
        }, ct);
        // Those that are alive first, each group as the register ranks it.
        return [.. hits.Hits!.Select(h => h.Source?.Vrvirksomhed?.ToHit()).OfType<RegisterHit>().OrderBy(h => h.CeasedOn is not null)];
    }

    public async ValueTask<RegisterCompany?> GetAsync(string number, CancellationToken ct) =>
        (await AskAsync(Companies, new() { ["size"] = 1, ["query"] = Term(Number, Digits(number)) }, ct)).Hits!.FirstOrDefault()?.Source?.Vrvirksomhed?.ToCompany();

    public async ValueTask<RegisterBranch[]> BranchesAsync(string number, CancellationToken ct)
    {
        var branches = new List<RegisterBranch>();
        long after = 0;
        for (var page = 0; page < MostPages && branches.Count < MostBranches; page++)
        {
            // By number instead of by offset: the register does not tell how far offsets go. The relation is asked for in both places where it is known to be.
            var hits = await AskAsync(Units, new()
            {
                ["size"] = _page,
                ["sort"] = new JsonArray(new JsonObject { [Unit] = "asc" }),
                ["query"] = All(Any(Term("VrproduktionsEnhed.virksomhedsrelation.cvrNummer", Digits(number)), Term("VrproduktionsEnhed.produktionsEnhedMetadata.nyesteCvrNummerRelation", Digits(number))), Range(Unit, "gt", after)),
            }, ct);
            var units = hits.Hits!.Select(h => h.Source?.VrproduktionsEnhed).OfType<VirkEntity>().Where(u => u.PNummer is not null).ToArray();
            branches.AddRange(units.Where(u => u.BelongsTo(number) && u.CeasedOn() is null).Select(VirkMapping.ToBranch).OfType<RegisterBranch>());
            if (units.Length == 0 || hits.Count <= hits.Hits!.Length) break;
            after = Digits(units[^1].PNummer!);
        }
        return [.. branches.Take(MostBranches)];
    }

    public async ValueTask<RegisterChanges> ChangesSinceAsync(string? cursor, CancellationToken ct)
    {
        if (cursor is null) return new() { OrganisationNumbers = [], Cursor = Now(), HasMore = false };
        var place = cursor.Split('|');
        var after = place.Length == 2 && long.TryParse(place[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Any(Range(Changed, "gt", place[0]), All(Range(Changed, "gte", place[0]), Range(Changed, "lte", place[0]), Range(Number, "gt", number)))
            : Range(Changed, "gte", place[0]);
        var hits = await AskAsync(Companies, new()
        {
            ["size"] = _page, ["_source"] = Texts(Number, Changed), ["query"] = after,
            ["sort"] = new JsonArray(new JsonObject { [Changed] = "asc" }, new JsonObject { [Number] = "asc" }),
        }, ct);
        var changed = hits.Hits!.Select(h => h.Source?.Vrvirksomhed).OfType<VirkEntity>().Where(c => c.CvrNummer is not null && c.SidstOpdateret is not null).ToArray();
        var hasMore = changed.Length > 0 && hits.Count > hits.Hits!.Length;
        return new() { OrganisationNumbers = [.. changed.Select(c => VirkMapping.Padded(c.CvrNummer!, 8))], HasMore = hasMore, Cursor = hasMore ? $"{changed[^1].SidstOpdateret}|{changed[^1].CvrNummer}" : Now() };
    }

    private async Task<VirkHits> AskAsync(string index, JsonObject query, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(call.Settings.Address("virkAddress"), index + "/_search"));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        // A search changes nothing, so the host may try it again as it does a GET.
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Content = new StringContent(query.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await call.Http.SendAsync(request, ct);
        HttpAnswers.Check(response, System, call.Clock);
        var answer = await HttpAnswers.ReadJsonAsync(response, CvrJson.Default.VirkAnswer, System, ct);
        // Half an answer looks like companies that do not exist.
        if (answer.TimedOut || answer.Shards?.Failed > 0 || answer.Hits?.Hits is null) throw new PluginException(PluginErrorKind.Unavailable, $"{System} answered only in part.");
        return answer.Hits;
    }

    private string Now() => (call.Clock.GetUtcNow() - Overlap).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    private static long Digits(string number) => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
    private static JsonObject Term(string field, long value) => new() { ["term"] = new JsonObject { [field] = value } };
    private static JsonObject Range(string field, string bound, JsonNode value) => new() { ["range"] = new JsonObject { [field] = new JsonObject { [bound] = value } } };
    private static JsonObject All(params JsonNode[] clauses) => new() { ["bool"] = new JsonObject { ["must"] = new JsonArray(clauses) } };
    private static JsonObject Any(params JsonNode[] clauses) => new() { ["bool"] = new JsonObject { ["should"] = new JsonArray(clauses), ["minimum_should_match"] = 1 } };
    private static JsonArray Texts(params string[] texts) => new([.. texts.Select(t => (JsonNode)t)]);

    /// <summary>Names that go on as the text ends, and names with all its words in any order.</summary>
    private static JsonObject Named(string text) => Any(
        new JsonObject { ["match_phrase_prefix"] = new JsonObject { [Name] = new JsonObject { ["query"] = text, ["max_expansions"] = 100 } } },
        new JsonObject { ["match"] = new JsonObject { [Name] = new JsonObject { ["query"] = text, ["operator"] = "and" } } });
}
