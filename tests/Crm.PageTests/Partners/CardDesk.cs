using System.Text.RegularExpressions;

namespace Crm.PageTests.Partners;

/// <summary>What a person does on a card and in its forms.</summary>
internal static class CardDesk
{
    extension(Desk desk)
    {
        public async Task OpenCardAsync(long number, string tab = "")
        {
            await desk.GoAsync($"partners/{number}{(tab.Length > 0 ? $"?tab={tab}" : "")}");
            await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        }

        /// <summary>Opens a section's form.</summary>
        public Task EditAsync(string section) => desk.Page.GetByRole(AriaRole.Button, new() { Name = $"Redigera: {section}" }).ClickAsync();

        /// <summary>A field by its label, with or without the mark of required ones.</summary>
        public ILocator Field(string label) => desk.Page.Locator("#main").GetByLabel(new Regex($"^{Regex.Escape(label)}( \\*)?$"));

        public Task FillAsync(string label, string text) => desk.Field(label).FillAsync(text);

        /// <summary>Chooses the first that contains the words.</summary>
        public async Task PickAsync(string label, string option)
        {
            await desk.Field(label).ClickAsync();
            await desk.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = option }).First.ClickAsync();
        }

        /// <summary>Saves the open form, and waits until it has closed.</summary>
        public async Task SaveAsync()
        {
            await desk.Page.Keyboard.PressAsync("Control+Enter");
            await Expect(desk.Page.Locator("#main form")).ToHaveCountAsync(0);
        }

        /// <summary>One of the card's boxes.</summary>
        public ILocator Box(string title) => desk.Page.GetByRole(AriaRole.Region, new() { Name = title });

        /// <summary>A toast with these words.</summary>
        public ILocator Toast(string words) => desk.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = words });
    }
}
