using Crm.Companies;
using Crm.Tests.Partners;

namespace Crm.Tests.Core;

/// <summary>What can happen once only, by plain calls.</summary>
public sealed class AccountTests
{
    [Fact]
    public void An_invitation_is_used_once()
    {
        var invitation = new Invitation(1, Given.Now.AddDays(7), null);
        var used = new UseInvitation().Decide(invitation, Given.At);
        Assert.Equal(Given.Now, used.State!.UsedAt);
        Assert.Equal("invitation.used", new UseInvitation().Decide(used.State, Given.At).Refusal?.Code);
    }

    [Fact]
    public void A_first_password_is_set_once_and_a_change_of_it_as_often_as_one_likes()
    {
        var user = new SetPassword("hash", FirstOnly: true).Decide(new User { Email = "a@example.com", Name = "A" }, Given.At).State!;
        Assert.Equal(Given.Now, user.PasswordChangedAt);
        Assert.Equal("user.password.exists", new SetPassword("other", FirstOnly: true).Decide(user, Given.At).Refusal?.Code);
        Assert.Equal("other", new SetPassword("other", FirstOnly: false).Decide(user, Given.At).State!.PasswordHash);
    }
}
