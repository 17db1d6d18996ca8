package dev.docent.api;

import dev.docent.answer.Citation;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Words of a document, and exactly where they stand.
@Schema(name = "Citation", description = "Words of a document, and exactly where they stand")
record CitationView(
    @Schema(description = "What the answer's sentences call it, from 1") int number,
    UUID document,
    @Schema(examples = "Leave policy") String title,
    @Schema(examples = "hr/leave-policy.pdf") String path,
    UUID collection,
    @Schema(description = "SHA-256 of the document's bytes") String revision,
    String mediaType,
    @Schema(description = "The day the document is of") @Nullable LocalDate date,
    @Schema(description = "From 0; null where the format has no pages") @Nullable Integer page,
    @Schema(description = "What a person calls the page", examples = "12") String pageLabel,
    @Schema(description = "Verbatim") String text,
    @Schema(description = "The sentence in the text for whose sake it is quoted; null in a source")
        @Nullable PartView likeliest,
    @Schema(description = "Names of the columns over its first row of a table, where there is one")
        List<String> columns,
    @Schema(description = "Where in the text a white space separates cells without being a tab")
        List<Integer> cells,
    @Schema(description = "First UTF-16 unit in the document's text") int start,
    @Schema(description = "Behind the last one") int end,
    @Schema(description = "PDF points, origin top left of the page as displayed")
        List<BoxView> boxes,
    @Schema(examples = "[\"words\", \"meaning\"]") List<String> foundBy,
    @Schema(description = "Comparable within one answer only") double score) {

  @Schema(
      name = "Part",
      description = "UTF-16 units in the text: from the first to behind the last")
  record PartView(int start, int end) {}

  @Schema(name = "Box")
  record BoxView(int page, double x, double y, double width, double height) {}

  static CitationView of(Citation citation) {
    return new CitationView(
        citation.number(),
        citation.document().value(),
        citation.title(),
        citation.path(),
        citation.collection().value(),
        citation.revision(),
        citation.mediaType(),
        citation.date().orElse(null),
        citation.page().isPresent() ? citation.page().getAsInt() : null,
        citation.pageLabel(),
        citation.text(),
        citation.likeliest().map(part -> new PartView(part.start(), part.end())).orElse(null),
        citation.columns(),
        citation.cells(),
        citation.start(),
        citation.end(),
        citation.boxes().stream()
            .map(box -> new BoxView(box.page(), box.x(), box.y(), box.width(), box.height()))
            .toList(),
        citation.foundBy().stream()
            .sorted()
            .map(leg -> leg.name().toLowerCase(Locale.ROOT))
            .toList(),
        citation.score());
  }

  static List<CitationView> of(List<Citation> citations) {
    return citations.stream().map(CitationView::of).toList();
  }
}
