using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Benchmarks.Conventional;

/// <summary>The members that this handler's POST takes; an unknown one is refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PostOrder(long? Partner, DateOnly? OrderDate, DateOnly? DeliveryDate, string? Reference, PostLine[]? Lines);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PostLine(string? Text, decimal? Quantity, PostMoney? UnitPrice, decimal? DiscountPercent);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PostMoney(decimal Amount, string? Currency);

/// <summary>
/// The conventional new order. The partner is read before the one transaction that inserts the order and its lines, updates the partner's sums and stage
/// (guarded by its version) and writes a journal row for each of both.
/// </summary>
internal static class ConventionalOrders
{
    private const int Tries = 5;
    private const string Currency = "SEK";

    private static readonly Func<ConventionalContext, int, long, Task<PartnerRow?>> Find =
        EF.CompileAsyncQuery((ConventionalContext database, int company, long number) => database.Partners.FirstOrDefault(p => p.Company == company && p.Number == number));

    public static async Task<Results<Created<OrderAnswer>, ProblemHttpResult, ValidationProblem>> PostAsync(
        string company, PostOrder post, ClaimsPrincipal user, HttpContext http, ConventionalContext database, OrderNumbers numbers, WriteLock writes, TimeProvider clock, CancellationToken ct)
    {
        if (user.FindFirstValue("company") != company) return TypedResults.Problem(statusCode: 404);
        var companyId = int.Parse(user.FindFirstValue("companyId")!, CultureInfo.InvariantCulture);
        if (Problems(post) is { Count: > 0 } problems) return TypedResults.ValidationProblem(problems);

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await Find(database, companyId, post.Partner!.Value) is not { Deleted: 0 } partner)
                return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["/partner"] = ["There is no such partner."] });
            var now = clock.GetUtcNow().UtcDateTime;
            var order = Order(post, companyId, partner, numbers.Next(), now);
            await database.Orders.AddAsync(order, ct);
            var before = new { stage = partner.Stage, uninvoiced = partner.Uninvoiced, latestDelivery = partner.LatestDelivery };
            (partner.Stage, partner.Uninvoiced, partner.LatestDelivery) = ("active", (partner.Uninvoiced ?? 0) + order.Net, order.DeliveryDate);
            (partner.Version, partner.UpdatedAt) = (partner.Version + 1, now);
            JournalRow Entry(string kind, long number, long version, string fact, object change) => new()
            {
                Company = companyId, At = now, Caller = user.Identity!.Name!, Kind = kind, Number = number, Version = version, Fact = fact, Change = JsonSerializer.Serialize(change),
            };
            var answer = OrderAnswer.Of(order, partner.Name);
            database.Journal.AddRange(
                Entry("order", order.Number, 1, "order.placed", new { before = (object?)null, after = answer }),
                Entry("partner", partner.Number, partner.Version, "partner.orderPlaced", new { before, after = new { stage = partner.Stage, uninvoiced = partner.Uninvoiced, latestDelivery = partner.LatestDelivery } }));
            try
            {
                using var turn = await writes.EnterAsync(ct);
                await database.SaveChangesAsync(ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                database.ChangeTracker.Clear();
                continue;
            }
            http.Response.Headers.ETag = "\"1\"";
            return TypedResults.Created($"/api/v1/{company}/orders/{order.Number}", answer);
        }
        return TypedResults.Problem(statusCode: 409);
    }

    private static OrderRow Order(PostOrder post, int company, PartnerRow partner, long number, DateTime now)
    {
        var order = new OrderRow
        {
            Company = company, Number = number, Version = 1, Kind = "sales", Partner = partner.Number, OrderDate = post.OrderDate ?? DateOnly.FromDateTime(now), DeliveryDate = post.DeliveryDate, Owner = partner.Owner,
            CreditDays = 30, Currency = Currency, State = "draft", Reference = post.Reference, CreatedAt = now, UpdatedAt = now,
            Search = string.Join(' ', post.Lines!.Select(l => l.Text).Prepend(post.Reference)).ToLowerInvariant(),
        };
        foreach (var (i, line) in post.Lines!.Index())
        {
            var (quantity, price, discount) = (line.Quantity ?? 1, line.UnitPrice?.Amount ?? 0, line.DiscountPercent ?? 0);
            var net = decimal.Round(quantity * price * (100 - discount) / 100, 2, MidpointRounding.AwayFromZero);
            order.Lines.Add(new() { Line = i + 1, Text = line.Text!, Quantity = (long)(quantity * 10_000), UnitPrice = (long)(price * 10_000), Discount = (long)(discount * 10_000), Net = (long)(net * 10_000) });
        }
        order.Net = order.Uninvoiced = order.Lines.Sum(l => l.Net);
        var exposure = (partner.Balance ?? 0) + (partner.Uninvoiced ?? 0) + order.Net;
        if (exposure > partner.CreditLimit)
            order.CreditDecision = JsonSerializer.Serialize(new { at = now, code = "credit.exceeded", balance = partner.Balance, uninvoiced = partner.Uninvoiced, order = order.Net, limit = partner.CreditLimit, exposure });
        return order;
    }

    private static Dictionary<string, string[]> Problems(PostOrder post)
    {
        Dictionary<string, string[]> problems = [];
        if (post.Partner is null) problems["/partner"] = ["An order belongs to a partner."];
        if (post.Reference is { Length: > 200 }) problems["/reference"] = ["A reference has at most 200 characters."];
        if (post.Lines is not { Length: > 0 and <= 500 }) problems["/lines"] = ["An order has 1 to 500 lines."];
        foreach (var (i, line) in (post.Lines ?? []).Index())
        {
            if (line.Text?.Trim() is not { Length: > 0 and <= 500 }) problems[$"/lines/{i}/text"] = ["A line says what is ordered."];
            if (line.Quantity is <= 0 or > 10_000_000) problems[$"/lines/{i}/quantity"] = ["A quantity is above 0."];
            if (line.UnitPrice is { Amount: < 0 } or { Currency: not (null or Currency) }) problems[$"/lines/{i}/unitPrice"] = ["A price is not below 0, in the order's currency."];
            if (line.DiscountPercent is < 0 or > 100) problems[$"/lines/{i}/discountPercent"] = ["A discount is 0 to 100 percent."];
        }
        return problems;
    }
}

/// <summary>Numbers for the SQLite file, whose only writer this process is; PostgreSQL has a sequence for them, which takes over where this says 0.</summary>
internal sealed class OrderNumbers(bool sqlite)
{
    private long _last = 1000;

    public long Next() => sqlite ? Interlocked.Increment(ref _last) : 0;
}

internal sealed record LineAnswer(int Id, string Text, decimal Quantity, MoneyAnswer UnitPrice, decimal DiscountPercent, MoneyAnswer Net);

/// <summary>The order as it goes out.</summary>
internal sealed record OrderAnswer(
    long Number, string Kind, PartnerOf Partner, DateOnly OrderDate, DateOnly? DeliveryDate, KeyAndName? Owner, int? CreditDays, string Currency, LineAnswer[] Lines, MoneyAnswer Net, MoneyAnswer Uninvoiced, string State,
    string? Reference, string? CreditDecision, string[] Warnings, DateTime CreatedAt, DateTime UpdatedAt, long Version)
{
    public static OrderAnswer Of(OrderRow o, string partner)
    {
        MoneyAnswer Money(long amount) => new(amount / 10_000m, o.Currency);
        return new(
            o.Number, o.Kind, new(o.Partner, partner), o.OrderDate, o.DeliveryDate, o.Owner is null ? null : new(o.Owner, o.Owner), o.CreditDays, o.Currency,
            [.. o.Lines.Select(l => new LineAnswer(l.Line, l.Text, l.Quantity / 10_000m, Money(l.UnitPrice), l.Discount / 10_000m, Money(l.Net)))],
            Money(o.Net), Money(o.Uninvoiced), o.State, o.Reference, o.CreditDecision, o.CreditDecision is null ? [] : ["credit.exceeded"], o.CreatedAt, o.UpdatedAt, o.Version);
    }
}
