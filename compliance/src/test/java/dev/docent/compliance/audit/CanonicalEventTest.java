package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.docent.compliance.audit.CanonicalEvent.SearchColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CanonicalEventTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/events.jsonl");
  private static final UUID WRITER = UUID.fromString("00000000-0000-4000-8000-000000000077");

  @Test
  void everyTypeHasASample() {
    assertThat(EventSamples.ALL.stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(recordsOf(AuditEvent.class).collect(Collectors.toSet()));
  }

  @Test
  void everyTypeHasAnActOfItsOwn() {
    assertThat(EventSamples.ALL.stream().map(AuditEvent::act)).doesNotHaveDuplicates();
  }

  @Test
  void bytesAreThoseOnFile() throws IOException {
    String lines =
        EventSamples.ALL.stream().map(event -> encode(event) + "\n").collect(Collectors.joining());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, lines);
      fail("golden file written; run again without golden.update");
    }
    assertThat(lines).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void bytesAreCanonical() {
    for (AuditEvent event : EventSamples.ALL) {
      byte[] bytes = encode(event).getBytes(UTF_8);
      assertThat(CanonicalJson.write(CanonicalJson.read(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void searchColumnsComeFromTheBytes() {
    SearchColumns asked = columns(EventSamples.ALL.get(5));
    assertThat(asked.act()).isEqualTo("question.asked");
    assertThat(asked.outcome()).isEqualTo("intended");
    assertThat(asked.documents()).containsExactly(EventSamples.DOCUMENT);

    SearchColumns answered = columns(EventSamples.ALL.get(9));
    assertThat(answered.documents())
        .containsExactlyInAnyOrder(EventSamples.DOCUMENT, EventSamples.OTHER);
    assertThat(answered.intent()).isEqualTo(EventSamples.INTENT);
    assertThat(answered.time()).isEqualTo(EventSamples.TIME);

    assertThat(
            columns(new AuditEvent.AccountDisabled(EventSamples.ANNA, EventSamples.BERT)).account())
        .isEqualTo(EventSamples.BERT.value());
  }

  @Test
  void largestListOfPassagesFits() {
    PassageRef longest =
        new PassageRef(
            EventSamples.DOCUMENT,
            EventSamples.REVISION,
            OptionalInt.of(Integer.MAX_VALUE),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);
    List<PassageRef> most = Collections.nCopies(PassageRef.MAX_PER_EVENT, longest);
    AuditEvent event =
        new AuditEvent.Answered(
            EventSamples.ANNA,
            EventSamples.INTENT,
            AuditEvent.AnswerForm.COMPOSED,
            EventSamples.TEXT,
            most,
            1,
            1,
            Optional.of(EventSamples.MODEL),
            1,
            1,
            1);
    assertThat(encode(event)).hasSizeLessThan(CanonicalEvent.MAX_BYTES);
    List<PassageRef> tooMany = Collections.nCopies(PassageRef.MAX_PER_EVENT + 1, longest);
    assertThatThrownBy(
            () -> new AuditEvent.PassagesShown(EventSamples.ANNA, EventSamples.INTENT, tooMany))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SearchColumns columns(AuditEvent event) {
    return SearchColumns.of(CanonicalJson.readObject(encode(event).getBytes(UTF_8)));
  }

  private static String encode(AuditEvent event) {
    return new String(
        CanonicalEvent.encode(
            event,
            new Receipt(UUID.fromString("019ab000-0000-7000-8000-000000000001"), EventSamples.TIME),
            WRITER,
            OptionalLong.of(7)),
        UTF_8);
  }

  private static Stream<Class<?>> recordsOf(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(type -> type.isRecord() ? Stream.of(type) : recordsOf(type));
  }
}
