package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/// The tokens by which programs act for an account; the SHA-256 of each is kept. Safe for
/// concurrent use.
public final class ApiTokens {
  private static final String PREFIX = "docent_";

  private final Transactions transactions;
  private final InstantSource clock;
  private final SecureRandom random;

  public ApiTokens(Transactions transactions, InstantSource clock, SecureRandom random) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
  }

  /// Who holds this API token; empty when nobody does, or may no more.
  public Optional<Credential> find(String token) {
    return transactions.run(
        work -> {
          Session session = work.session();
          Instant now = clock.instant();
          Optional<TokenRow> found =
              session
                  .createSelectionQuery("from ApiToken where tokenHash = :hash", TokenRow.class)
                  .setParameter("hash", new Secret(token).hash())
                  .uniqueResultOptional()
                  .filter(row -> row.expiresAt == null || row.expiresAt.isAfter(now));
          found
              .filter(
                  row ->
                      row.lastUsedAt == null
                          || row.lastUsedAt.plus(Sessions.SEEN_EVERY).isBefore(now))
              .ifPresent(row -> row.lastUsedAt = now);
          return found.flatMap(
              row ->
                  Accounts.enabled(session, row.accountId)
                      .map(account -> new Credential(account, row.id, Optional.empty())));
        });
  }

  public List<ApiToken> of(UUID account) {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "from ApiToken where accountId = :account order by createdAt", TokenRow.class)
                .setParameter("account", account)
                .list()
                .stream()
                .map(TokenRow::toToken)
                .toList());
  }

  /// A new API token and its secret, which can be seen only now.
  public record NewToken(ApiToken token, Secret secret) {}

  public NewToken create(UUID account, String name, Optional<Instant> expiresAt) {
    if (name.isBlank() || name.length() > 100) {
      throw LibraryException.Invalid.length(
          "name", "A token's name has 1 to 100 characters", 1, 100);
    }
    if (expiresAt.filter(at -> at.isBefore(clock.instant())).isPresent()) {
      throw new LibraryException.Invalid("expiresAt", "The token would have expired already");
    }
    Secret secret = Secret.random(PREFIX, random);
    return transactions.run(
        work -> {
          TokenRow row = new TokenRow();
          row.id = UUID.randomUUID();
          row.accountId = account;
          row.name = name.strip();
          row.tokenHash = secret.hash();
          row.createdAt = clock.instant();
          row.expiresAt = expiresAt.orElse(null);
          work.session().persist(row);
          work.record(new Change.TokenCreated(account.toString(), account, row.id, expiresAt));
          return new NewToken(row.toToken(), secret);
        });
  }

  public void revoke(UUID account, UUID id) {
    transactions.run(
        work -> {
          TokenRow row = work.session().find(TokenRow.class, id);
          if (row == null || !row.accountId.equals(account)) {
            throw new LibraryException.NotFound("There is no such token");
          }
          work.session().remove(row);
          work.record(new Change.TokenRevoked(account.toString(), account, id));
          return id;
        });
  }
}
