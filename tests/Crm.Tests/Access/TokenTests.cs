using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Crm.Tests.Access;

/// <summary>Tokens of an issuer (JWT), with a configured key and with an issuer that publishes its keys.</summary>
public sealed class TokenTests(TokenApp tokens) : IClassFixture<TokenApp>
{
    private const string Audience = TokenApp.Audience, Email = "admin@acme.example";

    private readonly CrmApp _app = tokens.App;

    [Fact]
    public async Task A_good_token_is_the_user_with_that_email()
    {
        var reply = await WithAsync(Make());
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var session = await _app.With(Make()).ReadAsync("/api/v1/session");
        Assert.Equal(Email, session.Body.GetProperty("user").GetProperty("email").GetString());
        Assert.Null(session.Text("csrf"));
    }

    [Fact]
    public async Task A_write_with_a_token_needs_no_antiforgery_and_is_in_the_journal_as_the_user()
    {
        var reply = await _app.With(Make()).CallAsync(HttpMethod.Patch, _app.Acme.Path("company"), new { name = "Acme by token" });
        Assert.Equal("Acme by token", reply.Text("name"));
    }

    [Fact]
    public async Task An_email_in_other_case_is_the_same_user() => Assert.Equal(HttpStatusCode.OK, (await WithAsync(Make(email: "Admin@ACME.example"))).Status);

    [Theory]
    [InlineData("expired")]
    [InlineData("not yet")]
    [InlineData("no expiry")]
    [InlineData("audience")]
    [InlineData("issuer")]
    [InlineData("signature")]
    [InlineData("none")]
    [InlineData("unknown user")]
    [InlineData("no email")]
    [InlineData("unverified")]
    [InlineData("cut off")]
    public async Task A_bad_token_is_401(string fault)
    {
        var token = fault switch
        {
            "expired" => Make(expires: -2),
            "not yet" => Make(from: 5, expires: 10),
            "no expiry" => Signed(new() { ["email"] = Email, ["aud"] = Audience, ["iss"] = "https://id.example" }),
            "audience" => Make(audience: "another program"),
            "issuer" => Make(issuer: "https://another.example"),
            "signature" => Make(key: RandomNumberGenerator.GetBytes(32)),
            "none" => Unsigned(),
            "unknown user" => Make(email: "nobody@acme.example"),
            "no email" => Make(email: null),
            "unverified" => Make(verified: false),
            _ => Make()[..^5],
        };
        var reply = await WithAsync(token);
        Assert.Equal((HttpStatusCode.Unauthorized, "auth.invalid"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_token_that_ran_out_less_than_a_minute_ago_is_good() => Assert.Equal(HttpStatusCode.OK, (await WithAsync(Make(expires: -0.5))).Status);

    [Fact]
    public async Task Who_comes_with_a_token_of_the_issuer_needs_no_invitation_token()
    {
        await _app.Acme.Admin.CallAsync(HttpMethod.Post, _app.Acme.Path("users"), new { email = "sso@acme.example", name = "S", role = "reader" });
        Assert.Equal(HttpStatusCode.OK, (await WithAsync(Make(email: "sso@acme.example"))).Status);
        var users = (await _app.Acme.Admin.ReadAsync(_app.Acme.Path("users"))).Body.GetProperty("items").EnumerateArray();
        Assert.False(users.Single(u => u.GetProperty("email").GetString() == "sso@acme.example").GetProperty("invited").GetBoolean());
    }

    [Fact]
    public async Task A_member_of_another_company_gets_404()
    {
        await _app.NewCompanyAsync("other");
        Assert.Equal("company.notFound", (await _app.With(Make()).ReadAsync("/api/v1/other/users")).Code);
    }

    [Fact]
    public async Task The_keys_of_an_authority_are_read_and_read_again_when_it_changes_them()
    {
        using var issuer = new StubIssuer();
        await using var app = CrmApp.With(new Dictionary<string, string> { ["Auth:Authority"] = "https://id.example", ["Auth:Audience"] = Audience },
            services => services.AddHttpClient("issuer").ConfigurePrimaryHttpMessageHandler(() => issuer));
        await app.InitializeAsync();
        Task<Reply> TryAsync(string token) => app.With(token).ReadAsync(app.Acme.Path("users"));
        var old = issuer.Make(app.Clock, Email);
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(old)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(old)).Status);
        Assert.Equal(1, issuer.Reads);
        issuer.ChangeKey();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(issuer.Make(app.Clock, Email))).Status);
        Assert.Equal("auth.invalid", (await TryAsync(old)).Code);
        Assert.Equal(2, issuer.Reads);
        // A public key is no HMAC secret, whatever the token says.
        Assert.Equal("auth.invalid", (await TryAsync(issuer.MakeWithPublicKeyAsSecret(app.Clock, Email))).Code);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_503()
    {
        using var issuer = new StubIssuer { IsAway = true };
        await using var app = CrmApp.With(new Dictionary<string, string> { ["Auth:Authority"] = "https://id.example", ["Auth:Audience"] = Audience },
            services => services.AddHttpClient("issuer").ConfigurePrimaryHttpMessageHandler(() => issuer));
        await app.InitializeAsync();
        var reply = await app.With(issuer.Make(app.Clock, Email)).ReadAsync(app.Acme.Path("users"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "auth.issuer.unavailable"), (reply.Status, reply.Code));
    }

    private Task<Reply> WithAsync(string token) => _app.With(token).ReadAsync(_app.Acme.Path("users"));

    private string Make(string? email = Email, double from = -10, double expires = 5, string audience = Audience, string issuer = "https://id.example", byte[]? key = null, bool verified = true)
    {
        var now = _app.Clock.GetUtcNow();
        Dictionary<string, object> claims = new()
        {
            ["aud"] = audience, ["iss"] = issuer, ["nbf"] = now.AddMinutes(from).ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(expires).ToUnixTimeSeconds(), ["email_verified"] = verified,
        };
        if (email is not null) claims["email"] = email;
        return Signed(claims, key);
    }

    private string Signed(Dictionary<string, object> claims, byte[]? key = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(JsonSerializer.Serialize(claims), new SigningCredentials(new SymmetricSecurityKey(key ?? tokens.Secret), "HS256"));

    private string Unsigned()
    {
        var parts = Make().Split('.');
        return $"{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}"""))}.{parts[1]}.";
    }

    private sealed class StubIssuer : HttpMessageHandler
    {
        private RSA _rsa = RSA.Create(2048);
        private int _key = 1;

        public int Reads { get; private set; }

        public bool IsAway { get; init; }

        public void ChangeKey() => (_rsa, _key) = (RSA.Create(2048), _key + 1);

        public string Make(TimeProvider clock, string email) => Make(clock, email, new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = $"k{_key}" }, "RS256"));

        public string MakeWithPublicKeyAsSecret(TimeProvider clock, string email) =>
            Make(clock, email, new SigningCredentials(new SymmetricSecurityKey(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = $"k{_key}" }, "HS256"));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsAway) throw new HttpRequestException("away");
            if (request.RequestUri!.AbsolutePath == "/.well-known/openid-configuration") return Answer("""{"issuer":"https://id.example/","jwks_uri":"https://id.example/keys"}""");
            Reads++;
            var key = _rsa.ExportParameters(false);
            return Answer($$"""{"keys":[{"kty":"RSA","use":"sig","kid":"k{{_key}}","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}"}]}""");
        }

        private static string Make(TimeProvider clock, string email, SigningCredentials credentials) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(new { aud = Audience, iss = "https://id.example/", exp = clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(), email }), credentials);

        private static Task<HttpResponseMessage> Answer(string json) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
    }
}

/// <summary>A program that takes tokens signed with one key.</summary>
public sealed class TokenApp : IAsyncLifetime
{
    public const string Audience = "crm";

    public TokenApp() => App = CrmApp.With(new Dictionary<string, string> { ["Auth:Key"] = Convert.ToBase64String(Secret), ["Auth:Audience"] = Audience, ["Auth:Issuer"] = "https://id.example" });

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(32);

    public CrmApp App { get; }

    public ValueTask InitializeAsync() => App.InitializeAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
