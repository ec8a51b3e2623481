using Crm.Contracts;

namespace Crm.Partners;

/// <summary>
/// What a file of partners can fill. The headings are English, Swedish, Danish, Norwegian and Finnish, as accounting and CRM programs export
/// them. Street, postcode and city without a word before are the visiting address. Left out on purpose: headings that mean several things,
/// such as Status, Type and VAT (a number or a rate); the caller maps those.
/// </summary>
internal static class PartnerImportFields
{
    public static IReadOnlyList<ImportField> All { get; } =
    [
        new("name", "Name", [
            "Company", "Company name", "Customer", "Customer name", "Partner", "Partner name", "Account name",
            "Namn", "Företag", "Företagsnamn", "Bolag", "Bolagsnamn", "Kund", "Kundnamn", "Firma",
            "Navn", "Firmanavn", "Virksomhed", "Virksomhedsnavn", "Selskab", "Kunde", "Kundenavn",
            "Bedrift", "Bedriftsnavn", "Foretak", "Foretaksnavn", "Selskap",
            "Nimi", "Yritys", "Yrityksen nimi", "Toiminimi", "Asiakas", "Asiakkaan nimi"]),
        new("country", "Country", [
            "Country code", "Country of registration", "Land", "Landskod", "Landkod", "Landekode", "Landkode", "Maa", "Maakoodi", "Maatunnus"]),
        new("organisationNumber", "Organisation number", [
            "Organisation no.", "Organization number", "Organization no.", "Org no", "Org number", "Company number", "Company registration number",
            "Registration number", "Registration no.", "Business ID", "Organisationsnummer", "Organisationsnr", "Orgnr", "Orgnummer",
            "CVR", "CVR-nr.", "CVR-nummer", "CVR number", "Organisasjonsnummer", "Organisasjonsnr", "Y-tunnus", "FO-nummer"]),
        new("vatNumber", "VAT number", [
            "VAT no.", "VAT ID", "VAT registration number", "EU VAT number", "Momsnummer", "Momsnr", "Momsregistreringsnummer", "VAT-nummer", "VAT-nr",
            "SE-nummer", "SE-nr", "MVA-nummer", "MVA-nr", "ALV-numero", "ALV-nro", "ALV-tunnus", "Arvonlisäveronumero"]),
        new("relations", "Relations", [
            "Relation", "Relation type", "Partner type", "Relationer", "Relationstyp", "Partnertyp", "Relationstype",
            "Relasjon", "Relasjoner", "Relasjonstype", "Suhde", "Suhteet", "Suhdetyyppi"]),
        new("stage", "Stage", [
            "Partner stage", "CRM stage", "Sales stage", "Lifecycle stage", "Stadie", "Stadium", "Fas", "Säljfas", "Säljstadium", "Försäljningsfas",
            "Fase", "Salgsfase", "Salgstrin", "Salgsstadium", "Vaihe", "Myyntivaihe"]),
        new("creditLimit", "Credit limit", [
            "Credit maximum", "Max credit", "Kreditgräns", "Kreditlimit", "Kreditgrænse", "Kreditmaksimum", "Kreditmax",
            "Kredittgrense", "Kredittlimit", "Luottoraja"]),
        new("currency", "Currency", ["Currency code", "Valuta", "Valutakod", "Valutakode", "Valuutta", "Valuuttakoodi"]),
        new("tags", "Tags", [
            "Tag", "Labels", "Label", "Keywords", "Taggar", "Etikett", "Etiketter", "Nyckelord", "Etiket", "Mærker", "Stikord",
            "Merkelapp", "Merkelapper", "Stikkord", "Tunniste", "Tunnisteet", "Avainsanat"]),
        new("email", "E-mail", [
            "Email address", "Mail", "E-post", "E-postadress", "Mejl", "Mejladress", "Mailadress", "E-mailadresse", "Mailadresse",
            "E-postadresse", "Sähköposti", "Sähköpostiosoite"]),
        new("phone", "Phone", [
            "Phone number", "Phone no.", "Telephone", "Telephone number", "Telephone no.", "Tel", "Tel. no.", "Switchboard",
            "Telefon", "Telefonnummer", "Telefonnr", "Växel", "Tlf", "Tlf. nr.", "Puhelin", "Puhelinnumero", "Puh"]),
        new("website", "Website", [
            "Web", "Web page", "Web address", "Homepage", "URL", "WWW", "Webb", "Webbplats", "Webbsida", "Webbadress", "Hemsida",
            "Hjemmeside", "Webside", "Websted", "Webadresse", "Nettside", "Nettsted", "Nettadresse",
            "Verkkosivu", "Verkkosivut", "Verkkosivusto", "Kotisivu", "Kotisivut"]),
        new("employees", "Employees", [
            "Number of employees", "No. of employees", "Employee count", "Headcount", "Anställda", "Antal anställda", "Medarbetare", "Antal medarbetare",
            "Ansatte", "Antal ansatte", "Medarbejdere", "Antal medarbejdere", "Antall ansatte",
            "Henkilöstö", "Henkilöstömäärä", "Työntekijät", "Työntekijämäärä"]),
        new("industry", "Industry", [
            "Industry code", "Line of business", "Sector", "NACE", "NACE code", "Bransch", "Branschkod", "SNI", "SNI-kod", "Näringsgren",
            "Branche", "Branchekode", "Bransje", "Bransjekode", "Næringskode", "Toimiala", "Toimialakoodi", "TOL"]),
        new("legalForm", "Legal form", [
            "Company form", "Company type", "Bolagsform", "Företagsform", "Juridisk form", "Organisationsform", "Selskabsform", "Virksomhedsform",
            "Selskapsform", "Organisasjonsform", "Yritysmuoto", "Yhtiömuoto"]),
        new("language", "Language", ["Language code", "Språk", "Språkkod", "Sprog", "Sprogkode", "Språkkode", "Kieli", "Kielikoodi"]),
        new("owner", "Owner", [
            "Account manager", "Account owner", "Responsible", "Salesperson", "Sales rep", "Ansvarig", "Kundansvarig", "Säljare", "Ägare",
            "Ansvarlig", "Kundeansvarlig", "Sælger", "Ejer", "Selger", "Eier", "Vastuuhenkilö", "Asiakasvastaava", "Myyjä", "Omistaja"]),
        new("department", "Department", ["Avdelning", "Afdeling", "Avdeling", "Osasto"]),

        new("addresses.visiting.street", "Visiting street", [
            "Street", "Street address", "Address", "Address 1", "Address line 1", "Visiting address",
            "Adress", "Adress 1", "Gata", "Gatuadress", "Besöksadress", "Adresse", "Adresse 1", "Gade", "Gadeadresse", "Vejnavn", "Besøgsadresse",
            "Gate", "Gateadresse", "Besøksadresse", "Osoite", "Katu", "Katuosoite", "Lähiosoite", "Käyntiosoite"]),
        new("addresses.visiting.postalCode", "Visiting postal code", [
            "Postal code", "Postcode", "Zip", "Zip code", "Visiting postcode", "Visiting zip", "Visiting address postcode",
            "Postnummer", "Postnr", "Postkod", "Besökspostnummer", "Besöksadress postnummer", "Postkode", "Besøgsadresse postnummer",
            "Besøksadresse postnummer", "Postinumero", "Postinro", "Käyntiosoitteen postinumero"]),
        new("addresses.visiting.city", "Visiting city", [
            "City", "Town", "Visiting address city", "Ort", "Postort", "Stad", "Besöksort", "Besöksadress ort", "By", "Bynavn", "Besøgsadresse by",
            "Poststed", "Sted", "Besøksadresse poststed", "Kaupunki", "Paikkakunta", "Postitoimipaikka",
            "Käyntiosoitteen kaupunki", "Käyntiosoitteen postitoimipaikka"]),
        new("addresses.visiting.country", "Visiting country", [
            "Visiting address country", "Address country", "Besöksland", "Besöksadress land", "Besøgsadresse land", "Besøksadresse land",
            "Käyntiosoitteen maa"]),

        new("addresses.postal.street", "Postal street", [
            "Postal address", "Mailing address", "Mailing street", "PO Box", "Postadress", "Utdelningsadress", "Postadresse", "Postboks", "Postiosoite"]),
        new("addresses.postal.postalCode", "Postal address postal code", [
            "Postal address postcode", "Mailing postal code", "Mailing postcode", "Mailing zip", "Postadress postnummer", "Postadress postnr",
            "Postadresse postnummer", "Postadresse postnr", "Postiosoitteen postinumero"]),
        new("addresses.postal.city", "Postal city", [
            "Postal address city", "Mailing city", "Postadress ort", "Postadress postort", "Postadresse by", "Postadresse poststed",
            "Postiosoitteen kaupunki", "Postiosoitteen postitoimipaikka"]),
        new("addresses.postal.country", "Postal country", [
            "Postal address country", "Mailing country", "Postadress land", "Postadresse land", "Postiosoitteen maa"]),

        new("addresses.invoice.street", "Invoice street", [
            "Invoice address", "Invoicing address", "Billing address", "Billing street", "Fakturaadress", "Faktureringsadress", "Fakturagata",
            "Fakturaadresse", "Faktureringsadresse", "Laskutusosoite"]),
        new("addresses.invoice.postalCode", "Invoice postal code", [
            "Invoice postcode", "Invoice zip", "Invoice address postcode", "Billing postal code", "Billing postcode", "Billing zip", "Billing zip code",
            "Fakturapostnummer", "Fakturapostnr", "Fakturaadress postnummer", "Fakturaadresse postnummer", "Fakturaadresse postnr",
            "Laskutusosoitteen postinumero"]),
        new("addresses.invoice.city", "Invoice city", [
            "Invoice address city", "Billing city", "Billing town", "Fakturaort", "Fakturapostort", "Fakturaadress ort", "Fakturaadresse by", "Fakturaby",
            "Fakturapoststed", "Fakturaadresse poststed", "Laskutusosoitteen kaupunki", "Laskutusosoitteen postitoimipaikka"]),
        new("addresses.invoice.country", "Invoice country", [
            "Invoice address country", "Billing country", "Fakturaland", "Fakturaadress land", "Fakturaadresse land", "Laskutusosoitteen maa"]),

        new("invoicing.type", "Invoice type", [
            "Invoicing type", "Invoice method", "Invoice delivery", "Invoice delivery method", "Fakturatyp", "Fakturasätt", "Faktureringssätt",
            "Fakturatype", "Faktureringsmåde", "Faktureringsmåte", "Laskutustapa", "Laskutyyppi"]),
        new("invoicing.email", "Invoice e-mail", [
            "E-mail invoice", "E-mail for invoices", "Invoicing e-mail", "Invoice e-mail address", "Billing e-mail", "Fakturamejl", "Fakturamail",
            "Faktura e-post", "E-post faktura", "Faktura e-mail", "E-mail faktura", "Faktureringsmail", "Faktura e-postadress", "Faktura e-postadresse",
            "Laskutussähköposti", "Laskutuksen sähköposti", "Laskutussähköpostiosoite"]),
        new("invoicing.creditDays", "Credit days", [
            "Payment days", "Payment terms", "Payment terms days", "Terms of payment", "Kreditdagar", "Betalningsvillkor", "Kreditdage",
            "Betalingsbetingelse", "Betalingsbetingelser", "Kredittdager", "Kredittid", "Betalingsvilkår", "Betalingsfrist", "Maksuehto", "Maksuaika"]),
        new("parent", "Parent", [
            "Parent number", "Parent company", "Parent partner", "Moderbolag", "Moderföretag", "Koncernmoder", "Moderselskab", "Morselskap", "Emoyhtiö"]),
    ];
}
