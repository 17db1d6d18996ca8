package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.docent.answer.Answer;
import dev.docent.answer.AnswerEvent;
import dev.docent.compliance.retention.RetentionRefusedException;
import dev.docent.compliance.seal.Sealer;
import dev.docent.compliance.seal.WitnessClient;
import dev.docent.ingest.RejectReason;
import dev.docent.library.DocumentState;
import dev.docent.library.LibraryException;
import dev.docent.library.Rating;
import dev.docent.library.ReadingFailure;
import dev.docent.library.ReadingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The stable names that the page says in the person's language. The page's own tests compare the
/// golden file with its language files, so a new name is missed in neither.
class CodesTest {
  private static final Path GOLDEN = Path.of("test/resources/golden/codes.json");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Test
  void areThoseOfTheGoldenFile() throws IOException {
    String actual = JSON.writeValueAsString(codes()) + "\n";

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, actual);
      fail("golden file written: look at it, then run without golden.update");
    }
    assertThat(actual).isEqualTo(Files.readString(GOLDEN));
  }

  private static Map<String, List<String>> codes() {
    Map<String, List<String>> codes = new TreeMap<>();
    codes.put("documents", names(RejectReason.values(), ReadingFailure.values()));
    codes.put("documentStates", names(DocumentState.values()));
    codes.put("logStates", lowerCase(Sealer.State.values()));
    codes.put(
        "notes",
        Stream.concat(lowerCase(Answer.Note.values()).stream(), Stream.of(StillReadable.NOTE_CODE))
            .toList());
    codes.put("problems", Arrays.stream(ErrorCode.values()).map(ErrorCode::code).sorted().toList());
    codes.put("ratings", names(Rating.Reason.values()));
    codes.put(
        "reasons",
        lowerCase(
            LibraryException.Reason.values(),
            Problem.Reason.values(),
            RetentionRefusedException.Reason.values()));
    codes.put("refusals", lowerCase(Answer.Reason.values()));
    codes.put("stages", lowerCase(AnswerEvent.Step.values()));
    codes.put("units", names(ReadingProgress.Unit.values()));
    codes.put("witnessStates", lowerCase(WitnessClient.State.values()));
    return codes;
  }

  private static List<String> names(Enum<?>[]... types) {
    return Stream.of(types).flatMap(Arrays::stream).map(Enum::name).sorted().toList();
  }

  private static List<String> lowerCase(Enum<?>[]... types) {
    return names(types).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
