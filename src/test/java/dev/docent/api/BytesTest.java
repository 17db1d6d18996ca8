package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.access.AccessFilter;
import dev.docent.access.DocumentId;
import dev.docent.library.BlobStore;
import dev.docent.library.BlobSweep;
import dev.docent.library.Documents;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bytes are here as long as a document has them, and no longer.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class BytesTest {
  private final String first = "The first wording, " + UUID.randomUUID();
  private final String second = "The second wording, " + UUID.randomUUID();

  @Inject Documents documents;
  @Inject BlobStore blobs;

  /// The kinds of blobs that are kept of a text, by their folders' names.
  private static List<String> kept(String text) throws IOException {
    String sha256 = sha256(text);
    Path blobs = Service.data().resolve("blobs");
    try (Stream<Path> files = Files.walk(blobs)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(sha256))
          .map(file -> String.valueOf(blobs.relativize(file).getName(0)))
          .sorted()
          .toList();
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(String document) {
    Service.operator().delete("/api/v1/documents/" + document).then().statusCode(204);
  }

  @Test
  void ofARevisedDocumentOnlyTheNewestAreKeptAndOfARemovedOneNone() throws IOException {
    String papers = Service.collection();
    String document = Service.ready(papers, "a.txt", first);
    assertThat(kept(first)).containsExactly("original", "parsed", "vectors");

    Service.ready(papers, "a.txt", second);
    assertThat(kept(first)).isEmpty();
    assertThat(kept(second)).containsExactly("original", "parsed", "vectors");

    remove(document);
    assertThat(kept(second)).isEmpty();
  }

  @Test
  void whatAnotherDocumentHasStays() throws IOException {
    String papers = Service.collection();
    String document = Service.ready(papers, "a.txt", first);
    String copy = Service.ready(papers, "copy.txt", first);

    Service.ready(papers, "a.txt", second);
    assertThat(kept(first)).contains("original");
    Service.ready(papers, "a.txt", first);
    remove(document);
    assertThat(kept(second)).isEmpty();
    Service.operator().get("/api/v1/documents/" + copy + "/content").then().statusCode(200);

    remove(copy);
    assertThat(kept(first)).isEmpty();
  }

  @Test
  void aDocumentRemovedBeforeItsNewBytesAreReadLeavesNothing() throws IOException {
    String papers = Service.collection();
    String document = Service.ready(papers, "a.txt", first);
    Service.upload(papers, "a.txt", second);
    remove(document);
    Service.await(
        "nothing is left", () -> Stream.of(first, second).allMatch(text -> blobsOf(text) == 0));
  }

  private static int blobsOf(String text) {
    try {
      return kept(text).size();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFolderThatIsReadAgainLeavesNoEarlierBytes(@TempDir Path folder) throws IOException {
    Map<String, Object> into = Map.of("collection", "Bytes " + UUID.randomUUID());
    Files.writeString(folder.resolve("a.txt"), first);
    Service.ingest(folder, into);
    Files.writeString(folder.resolve("a.txt"), second);
    Service.ingest(folder, into);
    assertThat(kept(first)).isEmpty();
    assertThat(kept(second)).containsExactly("original", "parsed", "vectors");
    Files.delete(folder.resolve("a.txt"));
    Service.ingest(folder, into);
    assertThat(kept(second)).isEmpty();
  }

  @Test
  void whatACrashLeftIsSweptUp() throws IOException {
    String papers = Service.collection();
    String removed = Service.ready(papers, "a.txt", first);
    Service.ready(papers, "b.txt", second);
    String arriving = "Bytes that no document has yet, " + UUID.randomUUID();
    documents.remove("operator", new AccessFilter.Everything(), DocumentId.of(removed));
    assertThat(kept(first)).as("as if the service ended here").isNotEmpty();

    BlobSweep sweep = new BlobSweep(documents, blobs);
    try (BlobStore.Stored held =
        blobs.putOriginal(
            new ByteArrayInputStream(arriving.getBytes(StandardCharsets.UTF_8)), 1000)) {
      assertThat(sweep.carryOut()).isPositive();
      assertThat(kept(first)).isEmpty();
      assertThat(kept(second)).containsExactly("original", "parsed", "vectors");
      assertThat(kept(arriving)).as(held.sha256()).containsExactly("original");
    }
    assertThat(sweep.carryOut()).isPositive();
    assertThat(kept(arriving)).isEmpty();
  }
}
