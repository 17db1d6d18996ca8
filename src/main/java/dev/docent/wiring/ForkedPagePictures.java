package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.api.PagePictures;
import dev.docent.ingest.tika.ForkedTikaParser;
import java.nio.file.Path;
import java.util.Optional;

/// Pictures by a parser that reads no documents: whoever looks at a page does not wait until a long
/// one has been read.
final class ForkedPagePictures implements PagePictures {
  private final ForkedTikaParser parser;

  ForkedPagePictures(ForkedTikaParser parser) {
    this.parser = requireNonNull(parser, "parser");
  }

  @Override
  public Optional<byte[]> of(Path file, int page) {
    return parser.picture(file, page);
  }

  @Override
  public void close() {
    parser.close();
  }
}
