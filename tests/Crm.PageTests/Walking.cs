namespace Crm.PageTests;

/// <summary>Walking through a page without a mouse.</summary>
internal static class Walking
{
    /// <summary>Tab until something has the focus, as somebody without a mouse does.</summary>
    public static async Task TabToAsync(this IPage page, ILocator wanted, string key = "Tab")
    {
        await Expect(wanted).ToBeVisibleAsync();
        for (var i = 0; i < 80; i++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync(key);
        }
        Assert.Fail($"{wanted} is not reached by {key}.");
    }
}
