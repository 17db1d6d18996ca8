package dev.docent.ingest;

/// Turns the bytes of a document into text with structure and positions.
///
/// Implementations are safe for concurrent use. The same bytes under the same name give the same
/// outcome, resource limits apart, until [ParsedDocumentCodec#VERSION] is raised. A bad document is
/// an outcome, not an exception.
public interface Parser extends AutoCloseable {
  /// @throws ParserUnavailableException when the engine itself cannot run; a retry may help
  ParseOutcome parse(SourceDocument source, PageListener listener);

  /// Likewise, with nobody told how far it is.
  default ParseOutcome parse(SourceDocument source) {
    return parse(source, PageListener.NONE);
  }

  @Override
  void close();
}
