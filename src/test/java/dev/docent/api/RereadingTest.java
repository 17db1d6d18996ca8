package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.ParsedDocumentCodec;
import dev.docent.library.BlobStore;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was made of a document's bytes stays until they are read again: by a person who asks for
/// it, or with their folder where an older parser had read them.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class RereadingTest {
  private static final int OLDER = ParsedDocumentCodec.VERSION - 1;

  private final String text = "The lamp of Skerrymore burns colza. " + UUID.randomUUID();

  @Inject BlobStore blobs;

  @Test
  void aPersonWhoHasADocumentReadAgainGetsItParsedAnew() {
    String document = Service.ready(Service.collection(), "lamp.txt", text);
    keep(document, ParsedDocumentCodec.VERSION);
    assertThat(text(document)).isEqualTo("Of an earlier reading.");

    Service.operator().post("/api/v1/documents/" + document + "/reread").then().statusCode(202);

    Service.await("it was read again", () -> text(document).contains("colza"));
    Service.settled(document, "READY");
  }

  @Test
  void whatAnOlderParserReadIsReadAgainWithItsFolder(@TempDir Path folder)
      throws IOException, SQLException {
    String collection = "Lamps " + UUID.randomUUID();
    Map<String, Object> into = Map.of("collection", collection);
    Files.writeString(folder.resolve("lamp.txt"), text);
    assertThat(outcome(folder, into)).isEqualTo("indexed");
    assertThat(outcome(folder, into)).isEqualTo("unchanged");

    String document =
        Service.operator()
            .queryParam("collection", Service.collectionNamed(collection))
            .get("/api/v1/documents")
            .path("items[0].id");
    keep(document, OLDER);
    readBy(document, OLDER);
    assertThat(text(document))
        .as("until then it is shown as it was read, as the index has it")
        .isEqualTo("Of an earlier reading.");

    assertThat(outcome(folder, into)).isEqualTo("indexed");
    assertThat(text(document)).contains("colza");
    assertThat(outcome(folder, into)).isEqualTo("unchanged");
  }

  private static String outcome(Path folder, Map<String, Object> into) {
    return Service.ingest(folder, into).getString("items.find { it.path == 'lamp.txt' }.outcome");
  }

  /// As if a parser of that version had made something else of the bytes.
  private void keep(String document, int version) {
    String revision = Service.operator().get("/api/v1/documents/" + document).path("revision");
    blobs.put(
        BlobStore.Kind.PARSED,
        revision + ".txt." + version,
        out -> {
          var bytes = new ByteArrayOutputStream();
          ParsedDocumentCodec.write(
              new ParsedDocument(
                  "text/plain",
                  Optional.empty(),
                  Optional.empty(),
                  "Of an earlier reading.",
                  List.of(),
                  List.of(),
                  List.of(),
                  Set.of()),
              bytes);
          byte[] written = bytes.toByteArray();
          written[3] = (byte) version;
          out.write(written);
        });
  }

  private static void readBy(String document, int version) throws SQLException {
    try (Connection database = Service.superuser();
        PreparedStatement update =
            database.prepareStatement(
                "update library.document set parser_version = ? where id = ?")) {
      update.setInt(1, version);
      update.setObject(2, UUID.fromString(document));
      assertThat(update.executeUpdate()).isOne();
    }
  }

  private static String text(String document) {
    return Service.operator().get("/api/v1/documents/" + document + "/text").path("text");
  }
}
