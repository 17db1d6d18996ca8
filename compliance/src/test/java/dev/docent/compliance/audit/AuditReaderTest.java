package dev.docent.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.compliance.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditReaderTest {
  private static final TestPostgres.Database DATABASE = TestPostgres.shared().newDatabase();
  private static final AuditReader READER = new AuditReader(DATABASE.as("docent_audit"));
  private static final List<UUID> IDS = new ArrayList<>();

  /// Every sample five times, in five rounds.
  @BeforeAll
  static void fill() {
    try (AuditWriter writer = new AuditWriter(DATABASE.as("docent_app"), InstantSource.system())) {
      for (int round = 0; round < 5; round++) {
        EventSamples.ALL.forEach(event -> IDS.add(writer.append(event).event()));
      }
    }
  }

  @AfterAll
  static void forget() {
    IDS.clear();
  }

  @Test
  void pagesThroughEverythingNewestFirstWithoutRepeating() {
    List<UUID> seen = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      AuditReader.Page page = READER.search(AuditQuery.ALL, next, 17);
      page.records().forEach(record -> seen.add(record.id()));
      next = page.next();
    } while (next.isPresent());
    assertThat(seen).isEqualTo(IDS.reversed());
  }

  @Test
  void findsWhatAPersonDidAndWhatWasDoneToThem() {
    List<AuditRecord> records = all(AuditQuery.ALL.withPerson(EventSamples.BERT));
    assertThat(records)
        .hasSize(
            5
                * expected(
                    event ->
                        event.toString().contains("account=" + EventSamples.BERT)
                            || event.toString().contains("account=Optional[" + EventSamples.BERT)))
        .allMatch(record -> EventSamples.BERT.value().equals(record.data().get("account")));
    assertThat(all(AuditQuery.ALL.withPerson(EventSamples.ANNA)))
        .hasSize(
            5
                * expected(
                    event ->
                        event.actor().equals(EventSamples.ANNA)
                            || event.toString().contains("account=" + EventSamples.ANNA)));
  }

  @Test
  void findsByActByNounAndByOutcome() {
    assertThat(all(AuditQuery.ALL.withAct("question.answered"))).hasSize(5);
    assertThat(all(AuditQuery.ALL.withAct("question.")))
        .hasSize(5 * expected(event -> event.act().startsWith("question.")));
    assertThat(all(AuditQuery.ALL.withAct("question.", "document.opened")))
        .hasSize(
            5
                * expected(
                    event ->
                        event.act().startsWith("question.")
                            || event.act().equals("document.opened")));
    assertThat(all(AuditQuery.ALL.withOutcome(AuditEvent.Outcome.DENIED))).hasSize(10);
    assertThatThrownBy(() -> AuditQuery.ALL.withAct("%"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsByDocumentEvenAmongTheShownPassages() {
    assertThat(all(AuditQuery.ALL.withDocument(EventSamples.OTHER)))
        .extracting(AuditRecord::act)
        .contains("question.passages_shown", "question.answered")
        .hasSize(
            5 * expected(event -> event.toString().contains("document=" + EventSamples.OTHER)));
  }

  @Test
  void combinesRestrictionsAndPagesThroughThem() {
    AuditQuery query =
        AuditQuery.ALL
            .withPerson(EventSamples.ANNA)
            .withAct("question.")
            .withDocument(EventSamples.DOCUMENT)
            .from(READER.find(IDS.getFirst()).orElseThrow().recordedAt());
    AuditReader.Page first = READER.search(query, Optional.empty(), 20);
    AuditReader.Page second = READER.search(query, first.next(), 500);
    int matching =
        5
            * expected(
                event ->
                    event.act().startsWith("question.")
                        && event.toString().contains(EventSamples.DOCUMENT.toString()));
    assertThat(first.records()).hasSize(20);
    assertThat(second.records())
        .hasSize(matching - 20)
        .doesNotContainAnyElementsOf(first.records());
    assertThat(READER.totals(query, 10)).isEqualTo(new AuditReader.Totals(Map.of(), true));
    AuditReader.Totals totals = READER.totals(query, 1000);
    assertThat(totals.more()).isFalse();
    assertThat(totals.acts().values().stream().mapToLong(count -> count).sum()).isEqualTo(matching);
    assertThat(totals.acts()).containsKey("question.answered");
  }

  @Test
  void periodIsHalfOpen() {
    AuditRecord third = READER.find(IDS.get(2)).orElseThrow();
    assertThat(all(AuditQuery.ALL.to(third.recordedAt())))
        .extracting(AuditRecord::id)
        .containsExactly(IDS.get(1), IDS.get(0));
    assertThat(all(AuditQuery.ALL.from(third.recordedAt()))).hasSize(IDS.size() - 2);
  }

  @Test
  void refusesAStrangeCursorAndAStrangePageSize() {
    assertThatThrownBy(() -> READER.search(AuditQuery.ALL, Optional.of("1' OR true"), 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> READER.search(AuditQuery.ALL, Optional.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noSpreadsheetEvaluatesACellOfTheCsvView() {
    for (String dangerous : new String[] {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"}) {
      assertThat(ExportWriter.cell(dangerous)).matches("(?s)\"?'.*");
    }
    assertThat(ExportWriter.cell("a,\"b\"\n")).isEqualTo("\"a,\"\"b\"\"\n\"");
  }

  @Test
  void aRecordThatIsNotInPlaceIsNotShown() throws SQLException {
    assertThat(DATABASE.query("docent_audit", "SELECT count(seq) FROM audit.record"))
        .isEqualTo("0");
    assertThat(READER.find(IDS.getFirst()).orElseThrow().sequence()).isEmpty();
    assertThat(READER.find(UUID.randomUUID())).isEmpty();
  }

  private static List<AuditRecord> all(AuditQuery query) {
    return READER.search(query, Optional.empty(), 500).records();
  }

  private static int expected(Predicate<AuditEvent> matching) {
    return (int) EventSamples.ALL.stream().filter(matching).count();
  }
}
