package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.ParsedDocumentCodec;
import dev.docent.ingest.Parser;
import dev.docent.ingest.SourceDocument;
import dev.docent.library.BlobStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A parser that reads equal bytes once: what it made of one revision lies in the blob store. Keyed
/// by the name's extension too, which takes part in telling the type, and by
/// [ParsedDocumentCodec#VERSION]: what an older one made is not taken. Safe for concurrent use;
/// does not own the parser.
final class CachedParser implements Parser {
  private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,12}");

  private final Parser parser;
  private final BlobStore blobs;
  private final String revision;
  private final boolean anew;

  /// @param anew whether what was made of the revision before is put aside
  CachedParser(Parser parser, BlobStore blobs, String revision, boolean anew) {
    this.parser = requireNonNull(parser, "parser");
    this.blobs = requireNonNull(blobs, "blobs");
    this.revision = requireNonNull(revision, "revision");
    this.anew = anew;
  }

  @Override
  public ParseOutcome parse(SourceDocument source, PageListener listener) {
    Optional<ParsedDocument> known =
        anew
            ? Optional.empty()
            : parsed(blobs, revision, source.name(), ParsedDocumentCodec.VERSION);
    if (known.isPresent()) {
      return new ParseOutcome.Parsed(known.get());
    }
    ParseOutcome outcome = parser.parse(source, listener);
    if (outcome instanceof ParseOutcome.Parsed(ParsedDocument document)) {
      blobs.put(
          BlobStore.Kind.PARSED,
          name(revision, source.name(), ParsedDocumentCodec.VERSION),
          out -> ParsedDocumentCodec.write(document, out));
    }
    return outcome;
  }

  /// What a revision was parsed to under a version, if it was and can be read.
  static Optional<ParsedDocument> parsed(
      BlobStore blobs, String revision, String path, int version) {
    return ParsedDocumentCodec.reads(version)
        ? blobs.file(BlobStore.Kind.PARSED, name(revision, path, version)).map(CachedParser::read)
        : Optional.empty();
  }

  private static ParsedDocument read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return ParsedDocumentCodec.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("A parsed document cannot be read", e);
    }
  }

  private static String name(String revision, String path, int version) {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String of = EXTENSION.matcher(extension).matches() ? revision + "." + extension : revision;
    return of + "." + version;
  }

  @Override
  public void close() {}
}
