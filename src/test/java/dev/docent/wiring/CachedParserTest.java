package dev.docent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.Parser;
import dev.docent.ingest.SourceDocument;
import dev.docent.library.BlobStore;
import dev.docent.library.FolderBlobStore;
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
      return new ParseOutcome.Parsed(
          new ParsedDocument(
              "text/plain",
              Optional.empty(),
              Optional.empty(),
              "",
              List.of(),
              List.of(),
              List.of(),
              Set.of()));
    }

    @Override
    public void close() {}
  }

  @Test
  void readsEqualBytesOnce() {
    CachedParser cached = new CachedParser(parser, blobs(), REVISION);

    cached.parse(source());
    cached.parse(source());

    assertThat(parser.parsed).isOne();
    assertThat(CachedParser.parsed(blobs(), REVISION, "a.txt")).isPresent();
  }

  @Test
  void readsAnewWhatAnOlderVersionKept() {
    blobs().put(BlobStore.Kind.PARSED, REVISION + ".txt", out -> out.write(1));
    assertThat(CachedParser.parsed(blobs(), REVISION, "a.txt")).isEmpty();

    new CachedParser(parser, blobs(), REVISION).parse(source());

    assertThat(CachedParser.parsed(blobs(), REVISION, "a.txt")).isPresent();
  }

  private BlobStore blobs() {
    return new FolderBlobStore(folder.resolve("blobs"));
  }

  private SourceDocument source() {
    return new SourceDocument("a.txt", folder.resolve("a"));
  }
}
