using System.Text;
using Crm.Imports;
using Crm.Partners;

namespace Crm.Tests.Importing;

public sealed class PartnerImportFieldsTests
{
    private const string File = """
        Name;Country;Organisation no.;Street;Postcode;City;Relation;Credit limit;Currency;Tags;E-mail invoice;Stage
        Telefonaktiebolaget LM Ericsson;SE;556016-0680;Torshamnsgatan 21;164 83;Stockholm;customer, productSupplier;1 050 000,50;SEK;vip,nordic;invoice0@example.com;Active
        AB Volvo;SE;556012-5790;;405 08;Göteborg;customer;500 000;SEK;nordic;invoice1@example.com;Potential
        Atlas Copco AB;SE;556014-2720;Sickla Industriväg 19;131 54;Nacka;customer;;;nordic;invoice3@example.com;
        SKF, AB;SE;556007-3495;;415 50;Göteborg;customer;175 000,50;SEK;nordic;invoice5@example.com;Active
        Novo Nordisk A/S;DK;24256790;Novo Alle 1;2880;Bagsværd;customer;;;nordic;invoice11@example.com;Potential

        """;

    [Fact]
    public async Task Reads_a_file_of_Nordic_companies_without_being_told_anything()
    {
        var ct = TestContext.Current.CancellationToken;
        using var file = new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(File.ReplaceLineEndings("\r\n"))]);
        var format = await CsvDetection.DetectAsync(file, ct: ct);
        Assert.Equal(new CsvFormat(CsvFormat.Utf8, ';', DecimalComma: true, HasHeader: true), format);
        var rows = await CsvRows.ReadAsync(file, format, ct).ToListAsync(ct);
        Assert.All(rows, row => Assert.Null(row.Problem));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(row => row.Line));

        var map = ColumnMap.Propose(rows[0].Cells, PartnerImportFields.All);
        Assert.Equal(["name", "country", "organisationNumber", "addresses.visiting.street", "addresses.visiting.postalCode", "addresses.visiting.city",
            "relations", "creditLimit", "currency", "tags", "invoicing.email", "stage"], map.Columns.OrderBy(column => column.Value).Select(column => column.Key));
        Assert.Empty(map.Unmapped);
        Assert.Empty(map.Duplicates);
        Assert.Equal([1050000.50m, 500000m, null, 175000.50m, null],
            rows.Skip(1).Select(row => Amounts.Parse(map.Text(row, "creditLimit") ?? "", format.DecimalComma, out _)));
        Assert.Equal("SKF, AB", map.Text(rows[4], "name"));
        Assert.Equal("Bagsværd", map.Text(rows[5], "addresses.visiting.city"));
        Assert.Null(map.Text(rows[3], "stage"));
    }

    [Fact]
    public void No_heading_stands_for_two_fields()
    {
        var fieldsByHeading = PartnerImportFields.All
            .SelectMany(field => field.Synonyms.Append(field.Name).Append(field.Label).Select(heading => (Heading: ColumnMap.Folded(heading), Field: field.Name)))
            .ToLookup(pair => pair.Heading, pair => pair.Field);
        Assert.Empty(fieldsByHeading.Where(fields => fields.Distinct().Count() > 1).Select(fields => $"{fields.Key}: {string.Join(", ", fields)}"));
        Assert.Equal(PartnerImportFields.All.Count, PartnerImportFields.All.DistinctBy(field => field.Name).Count());
    }

    [Fact]
    public void No_field_has_a_heading_twice() =>
        Assert.All(PartnerImportFields.All, field => Assert.Empty(field.Synonyms.GroupBy(ColumnMap.Folded).Where(same => same.Count() > 1).Select(same => $"{field.Name}: {string.Join(", ", same)}")));

    [Theory]
    [InlineData("Företagsnamn;Landskod;Orgnr;Momsregistreringsnummer;Besöksadress;Postnr;Ort;Postadress;Fakturaadress;Kreditgräns;Valuta;Kundansvarig;Antal anställda;Bransch;Betalningsvillkor")]
    [InlineData("Navn;Land;CVR-nr.;SE-nr.;Adresse;Postnr.;By;Kreditmaksimum;Valuta;E-mail;Telefon;Hjemmeside;Selskabsform;Sprog;Afdeling;Betalingsbetingelser")]
    [InlineData("Firmanavn;Land;Org.nr.;MVA-nummer;Besøksadresse;Postnummer;Poststed;Kredittgrense;E-post;Tlf.;Nettside;Bransje;Antall ansatte;Språk;Avdeling;Betalingsfrist;Morselskap")]
    [InlineData("Yrityksen nimi;Maa;Y-tunnus;ALV-numero;Käyntiosoite;Postinumero;Postitoimipaikka;Luottoraja;Valuutta;Sähköposti;Puhelin;Toimiala;Kieli;Osasto;Laskutusosoite;Maksuehto;Emoyhtiö")]
    public void Knows_the_headings_of_the_Nordic_languages(string header)
    {
        var headings = header.Split(';');
        var map = ColumnMap.Propose(headings, PartnerImportFields.All);
        Assert.Empty(map.Unmapped);
        Assert.Equal(headings.Length, map.Columns.Count);
    }
}
