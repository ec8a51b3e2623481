using Crm.Contracts;

namespace Crm.Host.Http;

/// <summary>What a group of routes is about; routes without an area are open to everybody and not limited.</summary>
internal sealed class Area
{
    /// <summary>Below one company: members and keys of it.</summary>
    public static readonly Area Company = new();

    /// <summary>Across companies: operators.</summary>
    public static readonly Area Operator = new();

    /// <summary>Signing in and out.</summary>
    public static readonly Area Session = new();
}

/// <summary>How somebody signed in.</summary>
internal enum SignInKind
{
    /// <summary>Not at all.</summary>
    None,
    /// <summary>With something that is not valid, or not any more.</summary>
    Invalid,
    Key,
    Token,
    Cookie,
}

/// <summary>Who a request of an area is from.</summary>
internal sealed record SignedIn(Area Area, SignInKind Kind, KeyIdentity? Key = null, UserIdentity? User = null);
