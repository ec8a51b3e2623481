using System.Text;
using Crm.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Crm.Companies;

/// <summary>Three companies with users of every role, for <c>--demo</c>. All users have the same password, so this is nothing for a server that others reach.</summary>
internal sealed class Demo(IActors actors, CompanyMaking making, CompaniesTables tables, Access access, IFiles files) : IDemoCompanies
{
    public const string Password = "demo-password-1";

    private static readonly NewCompany[] Companies =
    [
        new("nordlys", "Nordlys Handel AS", "NOK", "Europe/Oslo", "nb", "NO"),
        new("svea", "Svea Industri AB", "SEK", "Europe/Stockholm", "sv", "SE"),
        new("dania", "Dania Teknik A/S", "DKK", "Europe/Copenhagen", "da", "DK"),
    ];

    private static readonly (string Name, string Account, Role Role, string? Department)[] Users =
    [
        ("Astrid Lind", "admin", Role.Admin, null), ("Bo Holm", "bo", Role.Seller, "sales"), ("Cecilia Dahl", "cecilia", Role.Seller, "sales"),
        ("David Åberg", "david", Role.Seller, "export"), ("Eva Østergaard", "eva", Role.Reader, null),
    ];

    public async Task<IReadOnlyList<DemoCompany>> MakeAsync(CancellationToken ct)
    {
        var hash = new PasswordHasher<User>().HashPassword(null!, Password);
        List<DemoCompany> made = [];
        foreach (var wanted in Companies) made.Add(await MakeAsync(wanted, hash, ct));
        return made;
    }

    private async Task<DemoCompany> MakeAsync(NewCompany wanted, string hash, CancellationToken ct)
    {
        var isNew = await tables.CompanyAsync(wanted.Slug, ct) is not { State.Made: true };
        if (isNew)
        {
            var answer = await making.MakeAsync(Call.System(CompanyRef.System), wanted, ct);
            if (answer.IsRefused) throw new InvalidOperationException($"The demo company {wanted.Slug} could not be made.");
        }
        var company = (await access.CompanyAsync(wanted.Slug, ct))!;
        var call = Call.System(company);
        if (isNew)
        {
            await Done(actors.SendAsync(call, IActors.Settings, new AddDepartment("sales", "Sales"), ct));
            await Done(actors.SendAsync(call, IActors.Settings, new AddDepartment("export", "Export"), ct));
            foreach (var user in Users) await AddAsync(call, user, hash, ct);
        }
        var members = (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>().Members;
        return new(company, wanted.Country, wanted.BaseCurrency, [.. members.Where(m => m.Role == Role.Seller).Select(m => m.UserId)], await KeyAsync(call, ct), isNew);
    }

    private async Task AddAsync(Call call, (string Name, string Account, Role Role, string? Department) user, string hash, CancellationToken ct)
    {
        var system = Call.System(CompanyRef.System);
        var email = $"{user.Account}@{call.Company.Slug}.example";
        var row = (await Done(actors.CreateAsync(system, new CreateUser(email, user.Name), ct))).Row!;
        await Done(actors.SendAsync(system, row.Number, new SetPassword(hash, FirstOnly: true), ct));
        await Done(actors.SendAsync(system, row.Number, new JoinCompany(call.Company.Id), ct));
        await Done(actors.SendAsync(call, IActors.Settings, new AddMember($"u{row.Number}", email, user.Name, user.Role, user.Department), ct));
        await Done(actors.SendAsync(call, IActors.Settings, new AcceptMembership($"u{row.Number}"), ct));
    }

    /// <summary>The same key at every start: it is kept beside the demo's data, as no real key ever is.</summary>
    private async Task<string> KeyAsync(Call call, CancellationToken ct)
    {
        if (await files.OpenAsync(call.Company, "demo/key", ct) is { } file)
        {
            using var reader = new StreamReader(file);
            return await reader.ReadToEndAsync(ct);
        }
        var secret = Token.NewSecret();
        var row = (await Done(actors.CreateAsync(call, new CreateApiKey("Demo", Role.Admin, null, null, Token.Hash(secret)), ct))).Row!;
        var token = Token.Text(Token.Key, call.Company.Id, 'k', row.Number, secret);
        await files.SavePieceAsync(call.Company, "demo/key", 0, Encoding.ASCII.GetBytes(token), ct);
        access.Forget(call.Company, row.Number);
        return token;
    }

    private static async Task<Reply<TState>> Done<TState>(Task<Reply<TState>> sending) where TState : class =>
        await sending is { Refusal: null } reply ? reply : throw new InvalidOperationException("The demo's data broke a rule.");
}
