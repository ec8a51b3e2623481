using System.Text.Json;
using System.Text.RegularExpressions;

namespace Crm.PageTests.Operator;

/// <summary>Which version of a plugin serves whom: tried, given to all, kept, taken back, and what the operator reads when one misbehaves.</summary>
public sealed partial class VersionTests(Site site) : PageTest(site)
{
    private readonly string _plugin = $"t{Guid.NewGuid():n}"[..10];
    private Desk _other = null!;
    private Desk _desk = null!;

    private IPage Operator => _desk.Page;
    private ILocator Dialog => Operator.GetByRole(AriaRole.Dialog);
    private ILocator Status => Operator.GetByRole(AriaRole.Status).Filter(new() { HasText = "används" });

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _other = await Site.NewCompanyAsync();
        await Site.UploadAsync(Packages.Test(_plugin, "V1"));
        await Site.ActivateAsync(_plugin);
        foreach (var desk in (Desk[])[Desk, _other]) await desk.PatchAsync($"integrations/{_plugin}", new { enabled = true });
        _desk = await Site.OperatorAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _other.DisposeAsync();
        await _desk.DisposeAsync();
        None(_desk.Complaints);
    }

    [Fact]
    public async Task A_version_is_tried_by_chosen_companies_withdrawn_given_to_all_and_taken_back_by_one_click()
    {
        await Site.UploadAsync(Packages.Test(_plugin, "V2", "2.0.0"));
        await OpenAsync();
        await TryAsync();
        await Expect(Status).ToContainTextAsync("Version 1.0.0 används av de andra.");
        await Expect(Status).ToContainTextAsync($"{Desk.Company} AB provar version 2.0.0. Den går tillbaka vid 10 % fel.");
        await Expect(Operator.GetByText("Används av några")).ToBeVisibleAsync();
        await ServesAsync("two", "one");
        None(await BarriersAsync(Operator));

        await Operator.GetByRole(AriaRole.Button, new() { Name = "Avbryt provet" }).ClickAsync();
        await Expect(Status).ToHaveTextAsync("Version 1.0.0 används av alla.");
        await Expect(Status).ToBeFocusedAsync();
        await ServesAsync("one", "one");

        await TryAsync();
        await Operator.GetByRole(AriaRole.Button, new() { Name = "Låt alla få 2.0.0" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Aktivera" }).ClickAsync();
        await Expect(Status).ToContainTextAsync("Version 2.0.0 används av alla.");
        await ServesAsync("two", "two");

        await Operator.GetByRole(AriaRole.Button, new() { Name = "Återgå till 1.0.0" }).ClickAsync();
        await Expect(Status).ToHaveTextAsync("Version 1.0.0 används av alla.");
        await ServesAsync("one", "one");
    }

    [Fact]
    public async Task A_trial_needs_companies_and_a_share_of_errors_and_one_that_goes_on_is_changed()
    {
        await Site.UploadAsync(Packages.Test(_plugin, "V2", "2.0.0"));
        await OpenAsync();
        await Operator.GetByRole(AriaRole.Button, new() { Name = "Prova först: 2.0.0" }).ClickAsync();
        await Dialog.GetByLabel("Andel fel").FillAsync("0");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Prova först" }).ClickAsync();
        await Expect(Dialog.GetByText("Välj minst ett bolag.")).ToBeVisibleAsync();
        await Expect(Dialog.GetByText("Ange mer än 0 och högst 100 %.")).ToBeVisibleAsync();
        None(await BarriersAsync(Operator));
        await Dialog.GetByLabel("Andel fel").FillAsync("2,5");
        await ChooseAsync(Desk);
        await Expect(Status).ToContainTextAsync("Den går tillbaka vid 2,5 % fel.");
        await Operator.GetByRole(AriaRole.Button, new() { Name = "Ändra provet av 2.0.0" }).ClickAsync();
        await Expect(Dialog.GetByText($"{Desk.Company} AB", new() { Exact = true })).ToBeVisibleAsync();
        await ChooseAsync(_other);
        await Expect(Status).ToContainTextAsync($"{Desk.Company} AB, {_other.Company} AB provar version 2.0.0");
        await ServesAsync("two", "two");
    }

    [Fact]
    public async Task A_tried_version_whose_calls_fail_goes_back_by_itself_and_the_page_says_so()
    {
        await Site.UploadAsync(Packages.Test(_plugin, "Broken", "2.0.0"));
        await OpenAsync();
        await TryAsync();
        await Expect(Status).ToContainTextAsync("provar version 2.0.0");
        await ServesAsync("one", "one");
        await Expect(Operator.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Detta hände av sig självt" })).ToContainTextAsync("Version 2.0.0 went back by itself");
        await Expect(Status).ToHaveTextAsync("Version 1.0.0 används av alla.");
        None(await BarriersAsync(Operator));
    }

    [Fact]
    public async Task A_company_is_kept_at_its_version_until_it_is_released()
    {
        await Site.UploadAsync(Packages.Test(_plugin, "V2", "2.0.0"));
        await OpenAsync();
        await Operator.GetByLabel("Bolag", new() { Exact = true }).First.FillAsync($"{Desk.Company} AB");
        await Operator.GetByRole(AriaRole.Option, new() { Name = $"{Desk.Company} AB", Exact = true }).ClickAsync();
        await Operator.GetByLabel("Version", new() { Exact = true }).First.ClickAsync();
        await Operator.GetByRole(AriaRole.Option, new() { Name = "1.0.0" }).ClickAsync();
        await Operator.GetByRole(AriaRole.Button, new() { Name = "Lås version" }).ClickAsync();
        await Expect(Operator.GetByText($"{Desk.Company} AB: 1.0.0")).ToBeVisibleAsync();
        await ActivateAsync("2.0.0");
        await Expect(Status).ToContainTextAsync("Version 2.0.0 används av de andra.");
        await ServesAsync("one", "two");
        await Operator.GetByRole(AriaRole.Button, new() { Name = $"Släpp {Desk.Company} AB, som då följer de andra igen" }).ClickAsync();
        await Expect(Operator.GetByText($"{Desk.Company} AB: 1.0.0")).ToHaveCountAsync(0);
        await ServesAsync("two", "two");
    }

    [Fact]
    public async Task A_version_that_cannot_start_is_refused_with_the_reason_and_the_one_before_goes_on()
    {
        await Site.UploadAsync(Packages.Test(_plugin, "ThrowsAtStart", "2.0.0"));
        await OpenAsync();
        await ActivateAsync("2.0.0");
        await Expect(Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Versionen går inte att köra. Det som används nu fortsätter.");
        await Expect(Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("The moon is in the wrong phase.");
        None(await BarriersAsync(Operator));
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Avbryt" }).ClickAsync();
        await Expect(Status).ToHaveTextAsync("Version 1.0.0 används av alla.");
        await ServesAsync("one", "one");
    }

    [Fact]
    public async Task A_version_that_stays_in_memory_is_warned_of()
    {
        await Site.UploadAsync(Packages.Test(_plugin, "Leaky", "2.0.0"));
        await Site.ActivateAsync(_plugin, "2.0.0");
        await Site.ActivateAsync(_plugin);
        await OpenAsync();
        // The server looks for a minute before it says that.
        await Expect(Operator.GetByRole(AriaRole.Alert).Filter(new() { HasText = "2.0.0 ligger kvar i minnet" })).ToContainTextAsync("Bara en omstart av servern frigör det.", new() { Timeout = 120_000 });
        await Expect(Operator.GetByRole(AriaRole.Cell, new() { Name = "Borttagen men kvar i minnet" })).ToBeVisibleAsync();
        None(await BarriersAsync(Operator));
        await _desk.GoAsync("plugins");
        await Expect(Row.GetByText("Kvar i minnet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_nobody_signed_says_so_on_every_page_that_it_is_seen_on()
    {
        await _desk.GoAsync("plugins");
        await Expect(Row.GetByText("Osignerad")).ToBeVisibleAsync();
        await Row.GetByRole(AriaRole.Link, new() { Name = $"Prov {_plugin}" }).ClickAsync();
        await Expect(Operator.GetByText("Ingen har signerat 1.0.0")).ToBeVisibleAsync();
        await Expect(Operator.GetByText("Bara en server för utveckling tar emot sådana.")).ToBeVisibleAsync();
        await Desk.GoAsync("settings/integrations");
        await Expect(Card(Desk).GetByText("Ingen har signerat insticksprogrammet.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
    }

    [Fact]
    public async Task One_that_is_turned_off_is_told_of_in_plain_words_and_its_companies_go_on_by_hand()
    {
        await OpenAsync();
        await Operator.GetByRole(AriaRole.Button, new() { Name = "Stäng av" }).ClickAsync();
        await Expect(Dialog.GetByText("Inget bolag kan använda det. Inställningar och data finns kvar.")).ToBeVisibleAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Stäng av" }).ClickAsync();
        await Expect(Status).ToHaveTextAsync("Avstängt: ingen version används.");
        await Desk.GoAsync("settings/integrations");
        await Expect(Card(Desk).GetByText("Inte tillgänglig")).ToBeVisibleAsync();
        await Expect(Card(Desk).GetByText("Den som driver servern har stängt av integrationen. Inställningarna finns kvar.")).ToBeVisibleAsync();
        await Expect(Card(Desk).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        None(await BarriersAsync(Page));
        await Desk.PatchAsync("company", new { country = "NO" });
        await Desk.GoAsync("partners/new");
        await Expect(Page.GetByRole(AriaRole.Textbox, new() { Name = "Partnernamn" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Search)).ToHaveCountAsync(0);
        await Operator.GetByRole(AriaRole.Button, new() { Name = "Återgå till 1.0.0" }).ClickAsync();
        await Expect(Status).ToHaveTextAsync("Version 1.0.0 används av alla.");
        await Desk.GoAsync("partners/new");
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = $"Sök i Prov {_plugin}" })).ToBeVisibleAsync();
    }

    private ILocator Row => Operator.GetByRole(AriaRole.Row).Filter(new() { HasText = _plugin });

    private ILocator Card(Desk desk) => desk.Page.GetByRole(AriaRole.Region, new() { Name = $"Prov {_plugin}" });

    private async Task OpenAsync()
    {
        await _desk.GoAsync($"plugins/{_plugin}");
        await Expect(Operator.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Prov {_plugin}");
    }

    private async Task ActivateAsync(string version)
    {
        await Operator.GetByRole(AriaRole.Button, new() { Name = $"Aktivera {version}" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Aktivera" }).ClickAsync();
    }

    /// <summary>Lets this company try 2.0.0.</summary>
    private async Task TryAsync()
    {
        await Operator.GetByRole(AriaRole.Button, new() { Name = "Prova först: 2.0.0" }).ClickAsync();
        await ChooseAsync(Desk);
    }

    private async Task ChooseAsync(Desk desk)
    {
        await Dialog.GetByLabel(Companies()).First.FillAsync($"{desk.Company} AB");
        await Operator.GetByRole(AriaRole.Option, new() { Name = $"{desk.Company} AB", Exact = true }).ClickAsync();
        await Operator.Keyboard.PressAsync("Control+Enter");
        await Expect(Dialog).ToHaveCountAsync(0);
    }

    /// <summary>Who answers whom, by what a register of theirs finds.</summary>
    private async Task ServesAsync(string here, string there)
    {
        foreach (var (desk, version) in ((Desk, string)[])[(Desk, here), (_other, there)])
            await desk.UntilAsync("registers/lookup?country=NO&q=nord", found => found.GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } hit && hit.GetProperty("name").GetString() == version);
    }

    [GeneratedRegex(@"^Bolag( \*)?$")]
    private static partial Regex Companies();
}
