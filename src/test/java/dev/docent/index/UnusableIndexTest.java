package dev.docent.index;

import static dev.docent.index.Shelf.document;
import static dev.docent.index.Shelf.groups;
import static dev.docent.index.Shelf.passages;
import static dev.docent.index.Shelf.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What lies in the index's folder is used whole or not at all.
class UnusableIndexTest {
  @TempDir Path folder;
  @TempDir Path copies;

  @BeforeEach
  void fill() {
    try (SearchIndex index = Shelf.open(folder)) {
      for (int number = 1; number <= 3; number++) {
        Shelf.put(
            index,
            passages(
                document(number, "a", groups("staff")),
                List.of(vector(1, number, 0, 0)),
                "passage " + number));
      }
    }
  }

  @Test
  void opensAgainAsItWas() {
    try (SearchIndex index = Shelf.open(folder)) {
      assertThat(index.manifest()).hasSize(3);
    }
  }

  @Test
  void anotherEmbeddingModelNeedsAnotherIndex() {
    assertThatThrownBy(() -> LuceneSearchIndex.open(folder, "another model", Shelf.DIMENSIONS))
        .isInstanceOf(IndexUnusableException.class)
        .hasMessageContaining("another model");
  }

  @Test
  void aChangedByteInAnyFileIsNoticed() throws Exception {
    for (Path file : files()) {
      refuses(file, bytes -> bytes[bytes.length / 2] ^= 0x55);
    }
  }

  @Test
  void aMissingEndOfAnyFileIsNoticed() throws Exception {
    for (Path file : files()) {
      Path copy = copyOfFolder();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(
          copy.resolve(file.getFileName()), Arrays.copyOf(bytes, Math.max(0, bytes.length - 20)));
      refuses(copy, file + " cut");
      Files.write(copy.resolve(file.getFileName()), new byte[0]);
      refuses(copy, file + " emptied");
    }
  }

  @Test
  void aMissingFileIsNoticed() throws Exception {
    for (Path file : files()) {
      if (!file.getFileName().toString().startsWith("segments_")) {
        Path copy = copyOfFolder();
        Files.delete(copy.resolve(file.getFileName()));
        refuses(copy, file + " deleted");
      }
    }
  }

  private interface Damage {
    void to(byte[] bytes);
  }

  private void refuses(Path file, Damage damage) throws IOException {
    Path copy = copyOfFolder();
    byte[] bytes = Files.readAllBytes(file);
    damage.to(bytes);
    Files.write(copy.resolve(file.getFileName()), bytes);
    refuses(copy, file + " damaged");
  }

  private static void refuses(Path copy, String what) {
    assertThatThrownBy(() -> Shelf.open(copy).close())
        .as(what)
        .isInstanceOf(IndexUnusableException.class);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all =
          files.filter(file -> !file.getFileName().toString().equals("write.lock")).toList();
      assertThat(all).hasSizeGreaterThan(2);
      return all;
    }
  }

  private Path copyOfFolder() throws IOException {
    Path copy = Files.createTempDirectory(copies, "copy");
    for (Path file : files()) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }
}
