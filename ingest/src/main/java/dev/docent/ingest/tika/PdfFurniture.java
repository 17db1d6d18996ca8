package dev.docent.ingest.tika;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Running heads, feet and page numbers: what repeats near the upper or lower edge of many pages.
final class PdfFurniture {
  /// Part of the page's height in which a head or foot stands.
  private static final float EDGE = 0.12f;

  private static final Pattern PAGE_NUMBER =
      Pattern.compile(
          "(?i)[-–—|\\s]*(?:page|seite|p\\.)?\\s*(?:\\d{1,4}|[ivxlc]{1,7}|[a-z]-\\d{1,3})"
              + "(?:\\s*(?:/|of|von|\\|)\\s*\\d{1,4})?[-–—|\\s]*");

  private final List<PdfStructure.PdfPage> pages;

  PdfFurniture(List<PdfStructure.PdfPage> pages) {
    this.pages = pages;
  }

  /// The rows, by identity.
  Set<PdfRow> rows() {
    Map<String, Set<Integer>> pagesOf = new HashMap<>();
    for (PdfStructure.PdfPage page : pages) {
      for (PdfRow row : edgeRows(page)) {
        pagesOf.computeIfAbsent(place(row, page), _ -> new HashSet<>()).add(page.index());
      }
    }
    Set<PdfRow> running = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean numberedBelow =
        pages.stream()
                .filter(page -> lowest(page).filter(PdfFurniture::isPageNumber).isPresent())
                .count()
            >= Math.max(2, pages.size() / 2);
    int enough = pages.size() == 2 ? 2 : Math.max(3, Math.min(pages.size() / 4, 10));
    for (PdfStructure.PdfPage page : pages) {
      for (PdfRow row : edgeRows(page)) {
        boolean repeats = pagesOf.getOrDefault(place(row, page), Set.of()).size() >= enough;
        if (repeats || isPageNumber(row) && pages.size() > 1) {
          running.add(row);
        }
      }
      if (numberedBelow) {
        // below the text, wherever that ends
        lowest(page).filter(PdfFurniture::isPageNumber).ifPresent(running::add);
      }
    }
    return running;
  }

  private static Optional<PdfRow> lowest(PdfStructure.PdfPage page) {
    return page.rows().stream()
        .filter(row -> row.direction() == 0)
        .max((a, b) -> Float.compare(a.baseline(), b.baseline()));
  }

  /// The outermost rows, at most three at each edge.
  private static List<PdfRow> edgeRows(PdfStructure.PdfPage page) {
    List<PdfRow> upright =
        page.rows().stream()
            .filter(row -> row.direction() == 0)
            .sorted((a, b) -> Float.compare(a.baseline(), b.baseline()))
            .toList();
    List<PdfRow> edges = new ArrayList<>();
    for (int i = 0; i < Math.min(3, upright.size()); i++) {
      PdfRow top = upright.get(i);
      if (top.baseline() < EDGE * page.height()) {
        edges.add(top);
      }
      PdfRow bottom = upright.get(upright.size() - 1 - i);
      if (bottom.baseline() > (1 - EDGE) * page.height()) {
        edges.add(bottom);
      }
    }
    return edges;
  }

  private static String place(PdfRow row, PdfStructure.PdfPage page) {
    boolean top = row.baseline() < page.height() / 2;
    return (top ? "top " : "bottom ") + pattern(row);
  }

  /// A row's text with its numbers made equal.
  static String pattern(PdfRow row) {
    return row.text().replaceAll("\\d+", "#");
  }

  static boolean isPageNumber(PdfRow row) {
    return PAGE_NUMBER.matcher(row.text()).matches();
  }
}
