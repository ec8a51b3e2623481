using System.Net;
using System.Text;

namespace Crm.Tests.Api;

[Trait("Requirement", "R17")]
public sealed class LogoTests(OneApp app)
{
    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("svg", "image/svg+xml")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("webp", "image/webp")]
    public async Task A_picture_is_stored_and_given_back_whatever_it_is_said_to_be(string kind, string type)
    {
        byte[] bytes = kind switch { "png" => Pictures.Png, "svg" => Pictures.Svg, "jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 1, 2], _ => [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBPVP8 "u8] };
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        Steps.AssertProblem(await company.GetAsync($"partners/{number}/logo"), 404, "logo.notFound");
        var put = await company.PutLogoAsync(number, bytes);
        Assert.Equal((type, bytes.Length), (put.Body.GetProperty("logo").GetProperty("contentType").GetString(), put.Body.GetProperty("logo").GetProperty("bytes").GetInt32()));
        var logo = await company.Admin.GetAsync(new Uri(company.Path($"partners/{number}/logo"), UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((type, "nosniff"), (logo.Content.Headers.ContentType?.MediaType, logo.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Contains("sandbox", logo.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(bytes, await logo.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync($"partners/{number}/logo")).Status);
        Steps.AssertProblem(await company.GetAsync($"partners/{number}/logo"), 404, "logo.notFound");
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:alert(1)'><rect/></a></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><image href='https://example.com/x.png'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><use href='https://example.com/x.svg#a'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'https://example.com/x.css';</style></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><rect style='fill:url(https://example.com/x)'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><style>a{b:u\\72l(https://example.com)}</style></svg>")]
    [InlineData("<?xml-stylesheet href='https://example.com/x.css'?><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>")]
    [InlineData("<html><svg/></html>")]
    [InlineData("<svg")]
    [InlineData("%PDF-1.7")]
    [InlineData("just text")]
    [InlineData("")]
    public async Task What_is_no_picture_or_could_run_is_refused(string content)
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        var end = await app.JournalEndAsync(company);
        Steps.AssertProblem(await company.PutLogoAsync(number, Encoding.UTF8.GetBytes(content)), 422, "logo.notAPicture");
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task A_picture_of_more_than_half_a_megabyte_is_too_large()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        Assert.Equal(HttpStatusCode.OK, (await company.PutLogoAsync(number, [.. Pictures.Png, .. new byte[(512 * 1024) - Pictures.Png.Length]])).Status);
        Steps.AssertProblem(await company.PutLogoAsync(number, [.. Pictures.Png, .. new byte[512 * 1024]]), 413, "request.tooLarge");
        Steps.AssertProblem(await company.PutLogoAsync(999, Pictures.Png), 404, "partner.notFound");
    }
}
