package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A document's text in reading order with its structure. All offsets count UTF-16 units of `text`.
///
/// @param date the day it says it was changed last, else made or sent, in UTC; empty where it says
///   none
/// @param pages at least one, covering `text`
/// @param lines positions, in the order of `start`; empty where there is no fixed layout
/// @param notices in the order of their declaration
public record ParsedDocument(
    String mediaType,
    Optional<String> title,
    Optional<LocalDate> date,
    String text,
    List<Page> pages,
    List<Block> blocks,
    List<Line> lines,
    Set<Notice> notices) {
  public ParsedDocument {
    requireNonNull(mediaType, "mediaType");
    requireNonNull(title, "title");
    requireNonNull(date, "date");
    requireNonNull(text, "text");
    pages = List.copyOf(pages);
    blocks = List.copyOf(blocks);
    lines = List.copyOf(lines);
    notices = Set.copyOf(notices);
    int covered = 0;
    for (Page page : pages) {
      if (page.start() < covered || page.end() > text.length()) {
        throw new IllegalArgumentException("page " + page.index() + " is out of place");
      }
      covered = page.end();
    }
    int taken = 0;
    for (Block block : blocks) {
      if (block.start() < taken || block.end() > text.length() || block.page() >= pages.size()) {
        throw new IllegalArgumentException("block at " + block.start() + " is out of place");
      }
      taken = block.end();
    }
    for (Line line : lines) {
      if (line.end() > text.length() || line.page() >= pages.size()) {
        throw new IllegalArgumentException("line at " + line.start() + " is out of place");
      }
    }
  }
}
