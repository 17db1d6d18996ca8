package dev.docent.compliance.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfCheckTest {
  @TempDir Path home;

  private static SelfCheck check(TestLog test) {
    return new SelfCheck(test.database.as("docent_audit"), test.log);
  }

  @Test
  void aLogThatNobodyTouchedIsValid() {
    try (TestLog test = new TestLog(home)) {
      assertThat(check(test).run(_ -> true).valid()).isTrue();
      test.append(300);
      test.sealer.seal();
      SelfCheck.Result result = check(test).run(_ -> true);
      assertThat(result.problem()).isEmpty();
      assertThat(result.records()).isEqualTo(301).isEqualTo(result.size());
      assertThat(check(test).run(_ -> false).valid()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit.event SET canonical = canonical || ' ' WHERE event_id = bad",
        "UPDATE audit.event SET actor = 'operator' WHERE event_id = bad",
        "UPDATE audit.event SET documents = ARRAY[event_id] WHERE event_id = bad",
        "UPDATE audit.leaf SET leaf_hash = sha256('x') WHERE event_id = bad",
        "DELETE FROM audit.leaf WHERE event_id = bad",
        "DELETE FROM audit.leaf WHERE seq >= 123"
      })
  void whatASuperuserChangedIsFoundAndNamed(String change) throws SQLException {
    assertThat(after(change).firstBad()).hasValue(123);
  }

  @Test
  void anotherCheckpointIsFound() throws SQLException {
    SelfCheck.Result result =
        after("UPDATE audit.checkpoint SET note = replace(note, '301', '300')");
    assertThat(result.problem()).contains("not signed");
  }

  @Test
  void aRecordThatIsKeptFromBeingSealedIsFound() throws SQLException {
    try (TestLog test = new TestLog(home)) {
      test.append(3);
      test.sealer.seal();
      UUID waiting = test.append(1).getFirst();
      assertThat(check(test).run(_ -> true).problem()).isEmpty();
      test.database.execute(
          "docent_audit", "DELETE FROM audit.pending WHERE event_id = '%s'".formatted(waiting));
      assertThat(check(test).run(_ -> true).problem()).contains(waiting.toString());
    }
  }

  private SelfCheck.Result after(String change) throws SQLException {
    try (TestLog test = new TestLog(home)) {
      test.append(300);
      test.sealer.seal();
      test.database.execute(
          "postgres",
          "ALTER TABLE audit.event DISABLE TRIGGER keep",
          "ALTER TABLE audit.leaf DISABLE TRIGGER keep",
          "ALTER TABLE audit.checkpoint DISABLE TRIGGER keep",
          change.replace("= bad", "= (SELECT event_id FROM audit.leaf WHERE seq = 123)"));
      SelfCheck.Result result = check(test).run(_ -> true);
      assertThat(result.valid()).isFalse();
      return result;
    }
  }
}
