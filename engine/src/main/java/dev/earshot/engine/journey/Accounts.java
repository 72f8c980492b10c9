package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Profile.Membership;
import dev.earshot.engine.journey.UserInput.AccountChanged;
import dev.earshot.engine.journey.UserInput.Joined;
import dev.earshot.engine.journey.UserState.Account;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Event;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Users belong to accounts: an account keeps its traits, and tells its members when they change.
 */
final class Accounts {

  static final int MEMBERS_MAX = 1_000;
  static final int ACCOUNTS_MAX = 10;

  private static final int MEMBERS_BYTES_MAX = 56 * 1024;

  private Accounts() {}

  /** A user names its account: it knows the traits at once, and the account hears of it. */
  static Person joined(Person person, Event event, Instant at, Moment moment) {
    var id = event.groupId();
    if (id == null || JunkIds.isJunk(id)) {
      return person;
    }
    var profile = person.profile();
    var before = profile.membership(id);
    boolean newer = !at.isBefore(person.activity().lastSeenAt());
    var known = before.map(Membership::traits).orElse(Properties.EMPTY);
    var kept =
        newer
            ? Traits.merged(known, event.properties(), Traits.ACCOUNT)
            : Traits.merged(event.properties(), known, Traits.ACCOUNT);
    if (before.isEmpty() || !kept.traits().equals(known)) {
      var account = Subject.account(person.subject().workspace(), id);
      var said = newer ? event.properties().fields() : Fields.EMPTY;
      moment.forward(new Joined(moment.cause() + "/join", account, person.subject(), said));
    }
    return named(person, new Membership(id, kept.traits())).dropping(kept.dropped());
  }

  /** The account tells a member its traits. */
  static Person changed(Person person, AccountChanged input) {
    var profile = person.profile();
    var id = input.account().id();
    var kept = Traits.merged(Properties.EMPTY, Properties.of(input.traits()), Traits.ACCOUNT);
    var memberships =
        profile.accounts().stream()
            .map(known -> known.account().equals(id) ? new Membership(id, kept.traits()) : known)
            .toList();
    return person.with(profile.withAccounts(memberships)).dropping(kept.dropped());
  }

  /** The account hears that a user belongs to it, and what was said of it. */
  static Account joined(Account account, Joined input, Moment moment) {
    var kept = Traits.merged(account.traits(), Properties.of(input.traits()), Traits.ACCOUNT);
    boolean changed = !kept.traits().equals(account.traits());
    boolean isNew = !account.members().contains(input.member());
    boolean fits = isNew && hasRoom(account.members(), input.member());
    var members = fits ? with(account.members(), input.member()) : account.members();
    int untold = account.untold() + (isNew && !fits ? 1 : 0);
    var told = changed ? members : isNew ? List.of(input.member()) : List.<Subject>of();
    for (var member : told) {
      moment.forward(
          new AccountChanged(
              moment.cause() + '/' + member.key(),
              member,
              account.subject(),
              kept.traits().fields()));
    }
    return new Account(account.subject(), kept.traits(), members, untold);
  }

  /** The accounts that two users belong to, who turned out to be one. */
  static Person merged(Person person, Person other, Moment moment) {
    var own = person.profile();
    var memberships = new ArrayList<>(own.accounts());
    for (var membership : other.profile().accounts()) {
      if (own.membership(membership.account()).isEmpty()) {
        memberships.addFirst(membership);
        var account = Subject.account(person.subject().workspace(), membership.account());
        moment.forward(
            new Joined(
                moment.cause() + "/join/" + membership.account(),
                account,
                person.subject(),
                Fields.EMPTY));
      }
    }
    int excess = Math.max(0, memberships.size() - ACCOUNTS_MAX);
    return person
        .with(own.withAccounts(memberships.subList(excess, memberships.size())))
        .dropping(excess);
  }

  private static Person named(Person person, Membership membership) {
    var profile = person.profile();
    if (!profile.accounts().isEmpty() && profile.accounts().getLast().equals(membership)) {
      return person;
    }
    var accounts = profile.withAccount(membership).accounts();
    int excess = Math.max(0, accounts.size() - ACCOUNTS_MAX);
    return person
        .with(profile.withAccounts(accounts.subList(excess, accounts.size())))
        .dropping(excess);
  }

  private static boolean hasRoom(List<Subject> members, Subject member) {
    int bytes = 3 * member.key().length();
    for (var known : members) {
      bytes += 3 * known.key().length() + 2;
    }
    return members.size() < MEMBERS_MAX && bytes <= MEMBERS_BYTES_MAX;
  }

  private static List<Subject> with(List<Subject> members, Subject member) {
    var more = new ArrayList<>(members);
    more.add(member);
    return more;
  }
}
