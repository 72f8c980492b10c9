package dev.earshot.engine.audience;

import dev.earshot.event.Properties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a user is said to be, and the accounts it belongs to.
 *
 * @param traitsAt when the newest traits were said; older ones only fill in what is missing
 * @param accounts the one that was named last stands last
 */
public record Profile(Properties traits, Instant traitsAt, List<Membership> accounts) {

  public static final Profile EMPTY = new Profile(Properties.EMPTY, Instant.EPOCH, List.of());

  public Profile {
    accounts = List.copyOf(accounts);
  }

  /** An account the user belongs to, and the account's traits as far as the user was told. */
  public record Membership(String account, Properties traits) {}

  /** The account that conditions and templates mean: the one that was named last. */
  public Optional<Membership> account() {
    return accounts.isEmpty() ? Optional.empty() : Optional.of(accounts.getLast());
  }

  public Optional<Membership> membership(String account) {
    return accounts.stream().filter(known -> known.account().equals(account)).findFirst();
  }

  public Profile withTraits(Properties newTraits, Instant saidAt) {
    return new Profile(newTraits, saidAt, accounts);
  }

  /** This profile with the account as the one named last. */
  public Profile withAccount(Membership membership) {
    var named = new ArrayList<>(accounts);
    named.removeIf(known -> known.account().equals(membership.account()));
    named.add(membership);
    return new Profile(traits, traitsAt, named);
  }

  public Profile withAccounts(List<Membership> memberships) {
    return new Profile(traits, traitsAt, memberships);
  }
}
