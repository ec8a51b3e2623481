namespace Crm.Tests.Core;

public sealed class EtagTests
{
    [Theory]
    [InlineData("\"1\"", 1L)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    [InlineData("*", 0L)]
    [InlineData("W/\"1\"", null)]
    [InlineData("1", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"", null)]
    [InlineData("", null)]
    [InlineData("\"-1\"", null)]
    [InlineData("\" 1\"", null)]
    [InlineData("\"1\", \"2\"", null)]
    [InlineData("\"9223372036854775808\"", null)]
    public void If_Match_is_a_version_of_ours_or_nothing(string text, long? version) => Assert.Equal(version, Etags.Parse(text));

    [Fact]
    public void What_is_sent_can_be_read_back() => Assert.Equal(42, Etags.Parse(Etags.Of(42)));
}
