package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.compliance.audit.Identities.Person;
import dev.docent.compliance.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
  private static final byte[] KEK = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final Person ANNA = new Person("3b1f", "Anna Example");

  private final TestPostgres.Database database = TestPostgres.shared().newDatabase();
  private final Identities identities = new Identities(database.as("docent_app"), KEK);

  @Test
  void givesEachAccountOnePseudonymAndFindsThePersonAgain() {
    ActorRef anna = identities.pseudonymOf(ANNA);
    assertThat(anna.isPseudonym()).isTrue();
    assertThat(identities.pseudonymOf(ANNA)).isEqualTo(anna);
    assertThat(identities.find("3b1f")).contains(anna);
    assertThat(identities.personBehind(anna)).contains(ANNA);
    assertThat(identities.pseudonymOf(new Person("4c2a", "Bert"))).isNotEqualTo(anna);
    assertThat(identities.personBehind(ActorRef.SYSTEM)).isEmpty();
  }

  @Test
  void keepsThePseudonymWhenTheNameChanges() {
    ActorRef anna = identities.pseudonymOf(ANNA);
    Person married = new Person("3b1f", "Anna Sample");
    assertThat(identities.pseudonymOf(married)).isEqualTo(anna);
    assertThat(identities.personBehind(anna)).contains(married);
  }

  @Test
  void agreesWithItselfUnderConcurrentFirstCalls() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      Callable<ActorRef> first = () -> identities.pseudonymOf(ANNA);
      Set<ActorRef> seen =
          pool.invokeAll(IntStream.range(0, 16).mapToObj(_ -> first).toList()).stream()
              .map(Future::resultNow)
              .collect(Collectors.toSet());
      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void keepsNoNameInClear() throws SQLException {
    identities.pseudonymOf(ANNA);
    String sealed = database.query("postgres", "SELECT encode(sealed, 'hex') FROM audit.identity");
    assertThat(sealed).doesNotContain(HexFormat.of().formatHex("Anna".getBytes(UTF_8)));
  }

  @Test
  void digestsTextUnderThePersonsOwnKey() {
    TextDigest anna = digest(ANNA);
    assertThat(anna).isEqualTo(digest(ANNA)).isNotEqualTo(digest(new Person("4c2a", "Bert")));
    assertThat(anna.bytes()).isEqualTo(6);
  }

  @Test
  void erasesForGoodAndWithTheTransaction() throws SQLException {
    ActorRef anna = identities.pseudonymOf(ANNA);
    try (Connection connection = database.as("docent_app").getConnection()) {
      connection.setAutoCommit(false);
      assertThat(identities.erase(connection, anna)).isTrue();
      connection.rollback();
      assertThat(identities.personBehind(anna)).contains(ANNA);
      assertThat(identities.erase(connection, anna)).isTrue();
      connection.commit();
      assertThat(identities.erase(connection, anna)).isFalse();
    }
    assertThat(identities.personBehind(anna)).isEmpty();
    assertThat(identities.digesterOf(anna)).isEmpty();
    assertThat(database.query("postgres", "SELECT count(wrapped) FROM audit.subject_key"))
        .isEqualTo("0");
    assertThat(identities.pseudonymOf(ANNA)).isNotEqualTo(anna);
  }

  @Test
  void refusesToReadUnderAnotherKey() {
    ActorRef anna = identities.pseudonymOf(ANNA);
    Identities other =
        new Identities(
            database.as("docent_app"), "fedcba9876543210fedcba9876543210".getBytes(UTF_8));
    assertThatThrownBy(() -> other.personBehind(anna)).isInstanceOf(IllegalStateException.class);
  }

  private TextDigest digest(Person person) {
    return identities.digesterOf(identities.pseudonymOf(person)).orElseThrow().digest("caf\u00e9?");
  }
}
