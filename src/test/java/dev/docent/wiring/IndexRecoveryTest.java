package dev.docent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.index.IndexedDocument;
import dev.docent.index.SearchIndex;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("embedding")
class IndexRecoveryTest {
  @TempDir Path folder;

  /// What is missing then is put again from the blob store: see Reconciliation.
  @Test
  void aDamagedIndexIsMadeAgainEmptyAndUsable() throws IOException {
    DataFolder data = DataFolder.at(folder);
    try (var embeddings = new OnnxEmbeddingModel(1)) {
      try (SearchIndex index = new Engines().index(data, embeddings)) {
        put(index);
        assertThat(index.manifest()).hasSize(1);
      }
      damage(data.index());

      try (SearchIndex index = new Engines().index(data, embeddings)) {
        assertThat(index.manifest()).isEmpty();
        put(index);
        assertThat(index.manifest()).hasSize(1);
      }
    }
  }

  private static void damage(Path index) throws IOException {
    try (Stream<Path> files = Files.list(index)) {
      Path largest =
          files
              .filter(file -> !file.getFileName().toString().endsWith(".lock"))
              .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(largest, bytes);
    }
  }

  private static void put(SearchIndex index) {
    String text = "The notice period is four weeks.";
    index.put(
        new IndexedDocument(
            new DocumentId(new UUID(0, 1)),
            "revision",
            new CollectionId(new UUID(0, 2)),
            Set.of(),
            "title",
            "path",
            "text/plain",
            Optional.empty()),
        List.of(new Page(0, PageKind.PAGE, "1", 0, text.length(), 0, 0)),
        List.of(new Chunk(0, 0, text.length(), 0, 0, List.of(), "", text, List.of())),
        List.of());
  }
}
