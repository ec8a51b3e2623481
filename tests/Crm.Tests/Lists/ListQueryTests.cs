using Crm.Host.Lists;
using Crm.Partners;
using Crm.Tests.Partners;
using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Tests.Lists;

public sealed class ListQueryTests
{
    [Theory]
    [InlineData("?color=red", "/color", "filter.unknown")]
    [InlineData("?name.gte=a", "/name.gte", "filter.operator")]
    [InlineData("?country.gt=SE", "/country.gt", "filter.operator")]
    [InlineData("?stage.all=active", "/stage.all", "filter.operator")]
    [InlineData("?tag.lt=vip", "/tag.lt", "filter.operator")]
    [InlineData("?balance.gt=1&balance.gt=2", "/balance.gt", "filter.operator")]
    [InlineData("?balance.gt=none", "/balance.gt", "filter.value")]
    [InlineData("?balance.gt=much", "/balance.gt", "filter.value")]
    [InlineData("?balance.gt=1e5", "/balance.gt", "filter.value")]
    [InlineData("?balance.gt=1,5", "/balance.gt", "filter.operator")]
    [InlineData("?creditLimit=99999999999999999999999999999999", "/creditLimit", "filter.value")]
    [InlineData("?employees=ten", "/employees", "filter.value")]
    [InlineData("?number=1;drop", "/number", "filter.value")]
    [InlineData("?latestDelivery.lt=2026-02-30", "/latestDelivery.lt", "filter.value")]
    [InlineData("?latestDelivery.lt=07.03.2026", "/latestDelivery.lt", "filter.value")]
    [InlineData("?limit=0", "/limit", "filter.value")]
    [InlineData("?limit=501", "/limit", "filter.value")]
    [InlineData("?limit=-1", "/limit", "filter.value")]
    [InlineData("?limit=1&limit=2", "/limit", "filter.value")]
    [InlineData("?count=maybe", "/count", "filter.value")]
    [InlineData("?deleted=perhaps", "/deleted", "filter.value")]
    [InlineData("?deleted.gt=1", "/deleted.gt", "filter.unknown")]
    [InlineData("?q=a%00b", "/q", "filter.value")]
    [InlineData("?stage=any,active", "/stage", "filter.any")]
    [InlineData("?tag=vip&tag=any", "/tag", "filter.any")]
    [InlineData("?owner=none,any", "/owner", "filter.any")]
    [InlineData("?sort=color", "/sort", "sort.unknown")]
    [InlineData("?sort=tag", "/sort", "sort.unknown")]
    [InlineData("?sort=--name", "/sort", "sort.unknown")]
    [InlineData("?sort=-", "/sort", "sort.unknown")]
    public void What_is_not_understood_is_refused(string query, string pointer, string code)
    {
        var refusal = Read(query).Refusal;
        Assert.Equal(RefusalKind.Malformed, refusal?.Kind);
        Assert.Equal((pointer, code), refusal!.Problems.Select(p => (p.Pointer, p.Code)).Single());
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_and_the_known_ones_are_named()
    {
        var refusal = Read("?color=red&limit=0&sort=-size,name").Refusal!;
        Assert.Equal(["filter.unknown", "filter.value", "sort.unknown"], refusal.Problems.Select(p => p.Code).Order(StringComparer.Ordinal));
        Assert.All(["country", "owner", "tag"], known => Assert.Contains(known, refusal.Problems.Single(p => p.Code == "filter.unknown").Message, StringComparison.Ordinal));
        Assert.Contains("creditLimit", refusal.Problems.Single(p => p.Code == "sort.unknown").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_caller_writes_is_bound_and_never_part_of_the_SQL()
    {
        const string evil = "x'; drop table partners; --";
        var read = Read($"?name={Uri.EscapeDataString(evil)}&country={Uri.EscapeDataString(evil)}&tag={Uri.EscapeDataString(evil)}&q={Uri.EscapeDataString(evil)}&city=%25_%5C&owner=u1");
        Assert.Null(read.Refusal);
        Assert.All(read.Conditions, c => Assert.DoesNotContain("drop", c.Checking + c.Probe, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(read.Arguments, a => a.Value is string text && text.Contains("DROP TABLE", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_cursor_belongs_to_its_list_filters_and_order()
    {
        var (read, order) = Ordered("?sort=name&stage=active");
        var cursor = new Cursor(0, ["volvo", 1001L]).Encode(read.Fingerprint);
        var back = Cursor.Decode(cursor, read.Fingerprint, order)!;
        Assert.Equal(0, back.Phase);
        Assert.Equal(["volvo", 1001L], back.Values);
        foreach (var other in new[] { "?sort=-name&stage=active", "?sort=name&stage=lost", "?sort=name", "?sort=name&stage=active&q=x" })
            Assert.Null(Cursor.Decode(cursor, Ordered(other).Read.Fingerprint, Ordered(other).Order));
        Assert.NotNull(Cursor.Decode(cursor, Ordered("?sort=name&stage=active&limit=7&count=exact").Read.Fingerprint, order));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("!!!!")]
    [InlineData("bnVsbA")]
    [InlineData("W10")]
    [InlineData("WzEsMiwzXQ")]
    [InlineData("eyJhIjoxfQ")]
    public void What_is_no_cursor_of_ours_is_none(string text)
    {
        var (read, order) = Ordered("?sort=name");
        Assert.Null(Cursor.Decode(text, read.Fingerprint, order));
    }

    [Fact]
    public void A_cursor_with_values_of_the_wrong_kind_is_none()
    {
        var (read, order) = Ordered("?sort=name");
        foreach (var wrong in new Cursor[] { new(0, [1L, 1L]), new(0, ["a"]), new(9, ["a", 1L]), new(-1, ["a", 1L]), new(0, ["a", null]), new(0, ["a\0", 1L]), new(0, ["a", "b"]) })
            Assert.Null(Cursor.Decode(wrong.Encode(read.Fingerprint), read.Fingerprint, order));
    }

    [Fact]
    public void The_number_comes_last_in_every_order_so_that_every_row_has_one_place()
    {
        foreach (var field in PartnerTables.All.Fields.Where(f => f.Sorts && f.Column is not null))
        {
            Assert.All(Ordered($"?sort=-{field.Name}").Order.Phases, phase => Assert.Equal("number", phase.Keys[^1].Sql));
            Assert.All(Ordered($"?sort=country,-{field.Name}").Order.Phases, phase => Assert.Equal("number", phase.Keys[^1].Sql));
        }
    }

    private static (ListQuery Read, ListOrder Order) Ordered(string query)
    {
        var read = Read(query);
        Assert.Null(read.Refusal);
        return (read, ListOrder.Of(read.Sort, Given.At.Settings));
    }

    private static ListQuery Read(string query) => ListQuery.Read(PartnerTables.All, new Microsoft.AspNetCore.Http.QueryCollection(QueryHelpers.ParseQuery(query)), Given.At.Call, Given.At.Settings);
}
