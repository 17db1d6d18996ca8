package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.Parser;
import dev.docent.ingest.SourceDocument;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/// Times the reading of documents, by outcome: `docent.documents.parsed` with `outcome` `parsed` or
/// the reason of the refusal. No name of a document is in it.
final class MeasuredParser implements Parser {
  private final Parser parser;
  private final MeterRegistry meters;

  MeasuredParser(Parser parser, MeterRegistry meters) {
    this.parser = requireNonNull(parser, "parser");
    this.meters = requireNonNull(meters, "meters");
  }

  @Override
  public ParseOutcome parse(SourceDocument source, PageListener listener) {
    Timer.Sample began = Timer.start(meters);
    String name = "failed";
    try {
      ParseOutcome outcome = parser.parse(source, listener);
      name =
          switch (outcome) {
            case ParseOutcome.Parsed _ -> "parsed";
            case ParseOutcome.Rejected rejected ->
                rejected.reason().name().toLowerCase(Locale.ROOT);
          };
      return outcome;
    } finally {
      began.stop(meters.timer("docent.documents.parsed", "outcome", name));
    }
  }

  @Override
  public void close() {
    parser.close();
  }
}
