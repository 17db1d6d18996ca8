package dev.docent.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class Utf8AssemblerTest {
  private static final String TEXT = "Grüße, 2 €, 日本語 und 🏥!";

  @Test
  void givesTheSameTextHoweverItIsCut() {
    byte[] bytes = TEXT.getBytes(UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      Utf8Assembler assembler = new Utf8Assembler();
      StringBuilder text = new StringBuilder();
      for (int from = 0; from < bytes.length; from += size) {
        text.append(
            assembler.append(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size))));
      }
      text.append(assembler.finish());
      assertThat(text).as("pieces of %d bytes", size).hasToString(TEXT);
    }
  }

  @Test
  void showsNoHalfCharacter() {
    Utf8Assembler assembler = new Utf8Assembler();
    byte[] hospital = "🏥".getBytes(UTF_8);

    assertThat(assembler.append(Arrays.copyOf(hospital, 3))).isEmpty();
    assertThat(assembler.append(new byte[] {hospital[3]})).isEqualTo("🏥");
  }

  @Test
  void replacesWhatIsNoUtf8() {
    Utf8Assembler assembler = new Utf8Assembler();

    assertThat(assembler.append(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uFFFDb");
    assertThat(assembler.append(new byte[] {(byte) 0xE2, (byte) 0x82})).isEmpty();
    assertThat(assembler.finish()).isEqualTo("\uFFFD");
  }
}
