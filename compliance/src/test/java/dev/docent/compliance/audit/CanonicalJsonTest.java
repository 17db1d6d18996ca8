package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  /// RFC 8785, 3.2.2 and 3.2.4: the sample object without its floating-point numbers.
  @Test
  void spellsTheSampleOfTheRfc() {
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("string", "\u20ac$\u000F\nA'B\"\\\\\"/");
    sample.put("literals", List.of(true, false));
    sample.put("numbers", List.of(56, 4, 2));

    assertThat(CanonicalJson.write(sample))
        .isEqualTo(
            HexFormat.ofDelimiter(" ")
                .parseHex(
                    "7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 74 72 75 65 2c 66 61 6c 73 65 5d 2c "
                        + "22 6e 75 6d 62 65 72 73 22 3a 5b 35 36 2c 34 2c 32 5d 2c "
                        + "22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 "
                        + "42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d"));
  }

  /// RFC 8785, 3.2.3: the sample of sorting, its keys as values since ours are ASCII.
  @Test
  void escapesOnlyWhatTheRfcEscapes() {
    assertThat(
            new String(
                CanonicalJson.write(
                    List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6")),
                UTF_8))
        .isEqualTo("[\"\u20ac\",\"\\r\",\"\ufb33\",\"1\",\"\ud83d\ude00\",\"\u0080\",\"\u00f6\"]");
    assertThat(new String(CanonicalJson.write("\b\t\n\f\r\u001f\u007f/<\u2028"), UTF_8))
        .isEqualTo("\"\\b\\t\\n\\f\\r\\u001f\u007f/<\u2028\"");
  }

  @Test
  void sortsKeysByUnitsAtEveryDepth() {
    assertThat(
            text(CanonicalJson.write(Map.of("b", 1, "B", 2, "a", Map.of("10", 1, "1", 2, "", 3)))))
        .isEqualTo("{\"B\":2,\"a\":{\"\":3,\"1\":2,\"10\":1},\"b\":1}");
  }

  /// RFC 8785, appendix B: the integers of its table that the profile admits, and its first beyond.
  @Test
  void keepsIntegersThatEveryParserKeeps() {
    assertThat(text(CanonicalJson.write(List.of(0, 9007199254740991L, -9007199254740991L))))
        .isEqualTo("[0,9007199254740991,-9007199254740991]");
    assertThatThrownBy(() -> CanonicalJson.write(9007199254740992L))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesLoneSurrogates() {
    assertThatThrownBy(() -> CanonicalJson.write("\ud83d")).hasMessageContaining("surrogate");
    assertThatThrownBy(() -> CanonicalJson.write("\ude00\ud83d")).hasMessageContaining("surrogate");
    assertThatThrownBy(() -> CanonicalJson.read("\"\\ud83d\"".getBytes(UTF_8)))
        .hasMessageContaining("surrogate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "0",
        "-1",
        "{\"a\":[1,{\"b\":\"\\u0000\"}],\"b\":true}",
        "[\"\ud83d\ude00\",\"\\\"\\\\\"]"
      })
  void readsWhatItWrites(String canonical) {
    assertThat(text(CanonicalJson.write(CanonicalJson.read(canonical.getBytes(UTF_8)))))
        .isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " {}",
        "{} ",
        "{\"a\": 1}",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,}",
        "[1,]",
        "[1 ,2]",
        "{\"\u00e9\":1}",
        "null",
        "1.0",
        "1e3",
        "-0",
        "01",
        "+1",
        "9007199254740992",
        "\"\\/\"",
        "\"\\u0041\"",
        "\"\\u000A\"",
        "\"\\u001F\"",
        "\"\t\"",
        "\"",
        "\"\\",
        "\"\\u00",
        "tru",
        "{\"a\"",
        "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"
      })
  void readsNoOtherSpelling(String other) {
    assertThatThrownBy(() -> CanonicalJson.read(other.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThatThrownBy(() -> CanonicalJson.read(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}))
        .hasMessage("not UTF-8");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
