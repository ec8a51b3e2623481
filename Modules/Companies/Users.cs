using System.Text.Json.Serialization;

namespace Crm.Companies;

/// <summary>A person who signs in, in any number of companies. Lives in company 0.</summary>
internal sealed record User
{
    public static readonly Entity<User> Entity = new("user", "users")
    {
        Columns =
        [
            new("email", ColumnType.Text, u => u.Email), new("is_operator", ColumnType.Flag, u => u.IsOperator ? 1L : 0L), new("password_hash", ColumnType.Text, u => u.PasswordHash),
        ],
        Unique = new Dictionary<string, string> { ["email"] = "user.email.taken" },
        View = (row, _) => $"u{row.Number}",
    };

    /// <summary>In lower case.</summary>
    public required string Email { get; init; }

    public required string Name { get; init; }

    public bool IsOperator { get; init; }

    public bool Disabled { get; init; }

    public bool MustChangePassword { get; init; }

    /// <summary>Null = no password yet.</summary>
    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>Companies that may have the user as a member; the truth about that is in each company's profile.</summary>
    public IReadOnlyList<int> Companies { get; init; } = [];

    /// <summary>
    /// Goes into its column only, so neither document nor journal has it. A state that was loaded has null here, and columns are only written
    /// when a decision changes them: so no other command touches it.
    /// </summary>
    [JsonIgnore]
    public string? PasswordHash { get; init; }
}

/// <summary>Makes a user without a password.</summary>
internal sealed record CreateUser(string Email, string Name) : ICreation<User>
{
    public Decision<User> Decide(Moment at) => Decision.Accept(new User { Email = Email, Name = Name.Trim() }, "user.created");
}

/// <summary>Makes the one who runs the program.</summary>
internal sealed record CreateOperator(string Email, string Name, string PasswordHash, bool MustChange) : ICreation<User>
{
    public Decision<User> Decide(Moment at) => Decision.Accept(
        new User { Email = Email, Name = Name, IsOperator = true, MustChangePassword = MustChange, PasswordHash = PasswordHash, PasswordChangedAt = at.Now }, "user.created");
}

/// <summary>Remembers that a company has the user as a member.</summary>
internal sealed record JoinCompany(int Company) : ICommand<User>
{
    public Decision<User> Decide(User user, Moment at) =>
        user.Companies.Contains(Company) ? Decision.Nothing(user) : Decision.Accept(user with { Companies = [.. user.Companies, Company] }, "user.joined");
}

/// <summary>Sets a password; the caller has checked who asks.</summary>
/// <param name="PasswordHash">PBKDF2, made by the framework's password hasher.</param>
/// <param name="FirstOnly">True = only when the user has none.</param>
internal sealed record SetPassword(string PasswordHash, bool FirstOnly) : ICommand<User>
{
    public Decision<User> Decide(User user, Moment at) =>
        FirstOnly && user.PasswordChangedAt is not null ? Refusal.Conflict("user.password.exists", "The user has a password.")
        : Decision.Accept(user with { PasswordHash = PasswordHash, PasswordChangedAt = at.Now, MustChangePassword = false }, "user.passwordSet");
}
