using System.Buffers.Text;
using System.Security.Cryptography;
using Crm.Contracts;

namespace Crm.Host.Http;

/// <summary>The first start of a new installation.</summary>
internal static class FirstStart
{
    /// <summary>
    /// Makes the user operator@localhost when there is no operator. Its password is <c>Setup:OperatorPassword</c>, for installations that nobody
    /// watches; otherwise a random one that is printed here, once, and has to be changed at the first sign-in.
    /// </summary>
    public static async Task MakeFirstOperatorAsync(this WebApplication app)
    {
        var given = app.Configuration["Setup:OperatorPassword"];
        var password = string.IsNullOrEmpty(given) ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15)) : given;
        var made = await app.Services.GetRequiredService<IAccess>().MakeFirstOperatorAsync(password, mustChange: password != given, app.Lifetime.ApplicationStopping);
        // To the terminal and not to the log, which is kept and read by others.
        if (made && password != given) await Console.Out.WriteLineAsync($"First start: sign in as operator@localhost with the one-time password {password}");
    }
}
