using Crm.Partners;

namespace Crm.Tests.Partners;

public sealed class ChoiceTests
{
    [Theory]
    [Trait("Requirement", "R36")]
    [InlineData(ChoiceKind.Stage, "active", "stage.builtIn")]
    [InlineData(ChoiceKind.Relation, "customer", "relation.builtIn")]
    [InlineData(ChoiceKind.Relation, "other", "relation.builtIn")]
    internal void What_is_built_in_can_be_renamed_and_not_removed_or_disabled(ChoiceKind kind, string key, string code)
    {
        Assert.Equal(code, new RemoveChoice(kind, key).Decide(Given.Settings, Given.At).Refusal?.Code);
        Assert.Equal(code, new ChangeChoice(kind, key, Fields("""{"disabled":true}""")).Decide(Given.Settings, Given.At).Refusal?.Code);
        Assert.Equal("Kund!", new ChangeChoice(kind, key, Fields("""{"name":"Kund!"}""")).Decide(Given.Settings, Given.At).State!.Find(kind, key)!.Name);
    }

    [Fact]
    [Trait("Requirement", "R24")]
    public void A_company_begins_with_stages_for_potential_active_and_lost_customers() =>
        Assert.Equal(["active", "potential", "prospect", "lost", "inactive"], new PartnerSettings().Stages.Select(s => s.Key));

    [Fact]
    [Trait("Requirement", "R5")]
    public void What_a_company_begins_with_is_named_in_every_language_of_the_pages()
    {
        var settings = new PartnerSettings();
        Assert.All([.. settings.Stages, .. settings.Industries, .. settings.Relations], c => Assert.Equal(["da", "en", "fi", "nb", "sv"], c.Names.Keys.Order()));
    }

    [Theory]
    [InlineData("""{"name":"No key"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"has space","name":"X"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"none","name":"X"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"me","name":"X"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"a,b","name":"X"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"-a","name":"X"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"k"}""", "/name", "choice.name.invalid")]
    [InlineData("""{"key":"k","name":"X","names":{"swedish":"Y"}}""", "/names", "choice.names.invalid")]
    [InlineData("""{"key":"k","name":"X","names":{"sv":""}}""", "/names", "choice.names.invalid")]
    [InlineData("""{"key":"k","name":"X","position":0}""", "/position", "choice.position.range")]
    [InlineData("""{"key":"k","name":"X","discountPercent":5}""", "/discountPercent", "choice.discount.tagsOnly")]
    public void A_stage_has_a_key_and_a_name(string json, string pointer, string code) =>
        Assert.Equal((pointer, code), new AddChoice(ChoiceKind.Stage, Fields(json)).Decide(Given.Settings, Given.At).Refusal?.Problems.Select(p => (p.Pointer, p.Code)).Single());

    [Theory]
    [Trait("Requirement", "R45")]
    [InlineData("100.01")]
    [InlineData("-1")]
    [InlineData("1.001")]
    public void A_discount_is_from_0_to_100_percent(string percent) =>
        Assert.Equal("choice.discount.range", new AddChoice(ChoiceKind.Tag, Fields($$"""{"key":"k","name":"X","discountPercent":{{percent}}}""")).Decide(Given.Settings, Given.At).Refusal?.Code);

    [Fact]
    [Trait("Requirement", "R45")]
    public void A_tag_carries_its_discount_until_it_is_cleared()
    {
        var added = new AddChoice(ChoiceKind.Tag, Fields("""{"key":"gold","name":"Gold","discountPercent":12.5}""")).Decide(Given.Settings, Given.At).State!;
        Assert.Equal(12.5m, added.Find(ChoiceKind.Tag, "gold")!.DiscountPercent);
        Assert.Equal(12.5m, new ChangeChoice(ChoiceKind.Tag, "gold", Fields("""{"name":"G"}""")).Decide(added, Given.At).State!.Find(ChoiceKind.Tag, "gold")!.DiscountPercent);
        Assert.Null(new ChangeChoice(ChoiceKind.Tag, "gold", Fields("""{"discountPercent":null}""")).Decide(added, Given.At).State!.Find(ChoiceKind.Tag, "gold")!.DiscountPercent);
    }

    [Fact]
    public void A_key_never_changes_and_is_taken_once()
    {
        Assert.Equal("choice.key.immutable", new ChangeChoice(ChoiceKind.Stage, "lost", Fields("""{"key":"gone"}""")).Decide(Given.Settings, Given.At).Refusal?.Code);
        Assert.Null(new ChangeChoice(ChoiceKind.Stage, "lost", Fields("""{"key":"lost"}""")).Decide(Given.Settings, Given.At).Fact);
        Assert.Equal("stage.exists", new AddChoice(ChoiceKind.Stage, Fields("""{"key":"lost","name":"Lost"}""")).Decide(Given.Settings, Given.At).Refusal?.Code);
        Assert.Equal("tag.exists", new AddChoice(ChoiceKind.Tag, Fields("""{"key":"vip","name":"VIP"}""")).Decide(Given.Settings, Given.At).Refusal?.Code);
    }

    [Fact]
    public void What_is_removed_is_not_found_and_comes_back_with_its_new_name()
    {
        Assert.Equal("tag.notFound", new RemoveChoice(ChoiceKind.Tag, "gone").Decide(Given.Settings, Given.At).Refusal?.Code);
        Assert.Equal("tag.notFound", new ChangeChoice(ChoiceKind.Tag, "gone", Fields("""{"name":"x"}""")).Decide(Given.Settings, Given.At).Refusal?.Code);
        Assert.Equal("industry.notFound", new RemoveChoice(ChoiceKind.Industry, "zz").Decide(Given.Settings, Given.At).Refusal?.Code);
        var back = new AddChoice(ChoiceKind.Tag, Fields("""{"key":"gone","name":"Here"}""")).Decide(Given.Settings, Given.At).State!;
        Assert.Equal(("Here", false), (back.Find(ChoiceKind.Tag, "gone")!.Name, back.Find(ChoiceKind.Tag, "gone")!.Removed));
        Assert.Single(back.Tags, t => t.Key == "gone");
    }

    [Theory]
    [InlineData("""{"position":1}""", "lost active potential prospect inactive")]
    [InlineData("""{"position":3}""", "active potential lost prospect inactive")]
    [InlineData("""{"position":99}""", "active potential prospect inactive lost")]
    public void A_stage_moves_to_its_position(string json, string order) =>
        Assert.Equal(order, string.Join(' ', new ChangeChoice(ChoiceKind.Stage, "lost", Fields(json)).Decide(Given.Settings, Given.At).State!.Stages.Select(s => s.Key)));

    [Fact]
    public void A_list_has_at_most_five_hundred_choices()
    {
        var full = Given.Settings with { Tags = [.. Enumerable.Range(0, 500).Select(i => new PartnerChoice($"t{i}", "T"))] };
        Assert.Equal("tag.tooMany", new AddChoice(ChoiceKind.Tag, Fields("""{"key":"more","name":"More"}""")).Decide(full, Given.At).Refusal?.Code);
    }

    private static PartnerChoiceFields Fields(string json) => Given.Read<PartnerChoiceFields>(json);
}
