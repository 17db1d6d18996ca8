package dev.docent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.ParsedDocumentCodec;
import dev.docent.ingest.Parser;
import dev.docent.ingest.SourceDocument;
import dev.docent.library.BlobStore;
import dev.docent.library.FolderBlobStore;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedParserTest {
  private static final String REVISION = "ab".repeat(32);

  private final CountingParser parser = new CountingParser();

  @TempDir Path folder;

  /// Counts how often it is asked.
  private static final class CountingParser implements Parser {
    int parsed;

    @Override
    public ParseOutcome parse(SourceDocument source, PageListener listener) {
      parsed++;
      return new ParseOutcome.Parsed(document("Reading " + parsed));
    }

    static ParsedDocument document(String title) {
      return new ParsedDocument(
          "text/plain",
          Optional.of(title),
          Optional.empty(),
          "",
          List.of(),
          List.of(),
          List.of(),
          Set.of());
    }

    @Override
    public void close() {}
  }

  @Test
  void readsEqualBytesOnce() {
    CachedParser cached = new CachedParser(parser, blobs(), REVISION, false);

    cached.parse(source());
    cached.parse(source());

    assertThat(parser.parsed).isOne();
    assertThat(kept(ParsedDocumentCodec.VERSION)).contains("Reading 1");
  }

  @Test
  void readsAnewWhatAnOlderParserMadeAndKeepsBoth() {
    int older = ParsedDocumentCodec.VERSION - 1;
    keep(older, "Of the older parser");

    new CachedParser(parser, blobs(), REVISION, false).parse(source());

    assertThat(parser.parsed).isOne();
    assertThat(kept(ParsedDocumentCodec.VERSION)).contains("Reading 1");
    assertThat(kept(older))
        .as("the index may still hold another document of these bytes as it was read then")
        .contains("Of the older parser");
  }

  @Test
  void readsAnewWhenAskedToAndPutsThatInThePlaceOfTheFormer() {
    new CachedParser(parser, blobs(), REVISION, false).parse(source());

    new CachedParser(parser, blobs(), REVISION, true).parse(source());
    new CachedParser(parser, blobs(), REVISION, false).parse(source());

    assertThat(parser.parsed).isEqualTo(2);
    assertThat(kept(ParsedDocumentCodec.VERSION)).contains("Reading 2");
  }

  @Test
  void whatWasKeptInAnotherFormatIsNotRead() {
    keep(1, "");

    assertThat(kept(1)).isEmpty();
    assertThat(kept(0)).isEmpty();
  }

  private void keep(int version, String title) {
    blobs()
        .put(
            BlobStore.Kind.PARSED,
            REVISION + ".txt." + version,
            out -> {
              var bytes = new ByteArrayOutputStream();
              ParsedDocumentCodec.write(CountingParser.document(title), bytes);
              byte[] older = bytes.toByteArray();
              older[3] = (byte) version;
              out.write(older);
            });
  }

  private Optional<String> kept(int version) {
    return CachedParser.parsed(blobs(), REVISION, "a.txt", version).flatMap(ParsedDocument::title);
  }

  private BlobStore blobs() {
    return new FolderBlobStore(folder.resolve("blobs"));
  }

  private SourceDocument source() {
    return new SourceDocument("a.txt", folder.resolve("a"));
  }
}
