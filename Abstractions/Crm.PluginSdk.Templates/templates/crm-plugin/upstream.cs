#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false

// A stand-in for the register, to try the plugin in a server: dotnet run upstream.cs --urls http://127.0.0.1:5900
Company[] companies = [new("999888777", "Nordvik AS", "Havnegata 1", "5003", "Bergen", 12), new("999888769", "Nordlys AS", "Storgata 4", "9008", "Tromsø", 3)];

var app = WebApplication.Create(args);
app.MapGet("/api/companies", (string name, int limit) => new Found([.. companies.Where(c => c.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(limit)]));
app.MapGet("/api/companies/{number}", (string number) => companies.FirstOrDefault(c => c.Number == number) is { } company ? Results.Ok(company) : Results.NotFound());
app.Run();

sealed record Company(string Number, string Name, string Street, string PostCode, string City, int Employees);
sealed record Found(Company[] Items);
