package dev.docent.ingest.tika;

import dev.docent.ingest.Block;
import dev.docent.ingest.BlockKind;
import dev.docent.ingest.Line;
import dev.docent.ingest.Notice;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.ParsedDocument;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Collects a document front to back: pages, in them blocks, each on lines of its own. What does
/// not fit under the limit of characters is left out, with a notice.
final class TextBuilder {
  /// Blocks among which a title stands.
  private static final int BEGINNING = 8;

  private final StringBuilder text = new StringBuilder();
  private final List<Page> pages = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final Set<Notice> notices = EnumSet.noneOf(Notice.class);
  private final int maxCharacters;
  private Optional<List<Titles.Part>> beginning = Optional.empty();
  private int ownBlocks = Integer.MAX_VALUE;

  TextBuilder(int maxCharacters) {
    this.maxCharacters = maxCharacters;
  }

  void startPage(PageKind kind, String label, float width, float height) {
    endPage();
    pages.add(new Page(pages.size(), kind, label, text.length(), text.length(), width, height));
  }

  /// Names the open page.
  void labelPage(String label) {
    Page open = pages.removeLast();
    pages.add(
        new Page(
            open.index(),
            open.kind(),
            label,
            open.start(),
            open.end(),
            open.width(),
            open.height()));
  }

  private void endPage() {
    if (!pages.isEmpty()) {
      Page open = pages.removeLast();
      pages.add(
          new Page(
              open.index(),
              open.kind(),
              open.label(),
              open.start(),
              text.length(),
              open.width(),
              open.height()));
    }
  }

  /// Adds a block. White space around it is dropped; an empty one is none.
  ///
  /// @return where it starts, or -1 when it was not added
  int block(BlockKind kind, int level, String content) {
    return block(kind, level, content, List.of());
  }

  /// @param positions lines with offsets into `content`
  int block(BlockKind kind, int level, String content, List<Line> positions) {
    // an empty first cell keeps its place
    boolean row = kind == BlockKind.TABLE_ROW || kind == BlockKind.TABLE_HEADER;
    String clean = row && !content.isBlank() ? content.stripTrailing() : content.strip();
    if (clean.isEmpty()) {
      return -1;
    }
    if (text.length() + clean.length() + 1 > maxCharacters) {
      notices.add(Notice.TRUNCATED);
      return -1;
    }
    if (pages.isEmpty()) {
      startPage(PageKind.WHOLE, "", 0, 0);
    }
    int page = pages.size() - 1;
    int start = text.length();
    text.append(clean).append('\n');
    blocks.add(new Block(kind, level, start, start + clean.length(), page));
    int shift = start - content.indexOf(clean);
    for (Line line : positions) {
      lines.add(
          new Line(
              page,
              line.start() + shift,
              line.end() + shift,
              line.y(),
              line.height(),
              line.edges()));
    }
    return start;
  }

  /// Appends another document's pages, without its positions: nobody can open an attachment's page.
  ///
  /// @param name empty for a piece of the document itself, such as a mail's body: it goes on the
  ///   present page
  void append(TextBuilder part, String name) {
    if (name.isEmpty()) {
      notices.addAll(part.notices);
      for (Block old : part.blocks) {
        block(old.kind(), old.level(), part.text.substring(old.start(), old.end()));
      }
      return;
    }
    ownBlocks = Math.min(ownBlocks, blocks.size());
    notices.addAll(part.notices);
    if (part.pages.isEmpty()) {
      part.startPage(PageKind.WHOLE, "", 0, 0);
    }
    part.endPage();
    int block = 0;
    for (Page page : part.pages) {
      startPage(PageKind.WHOLE, partLabel(name, page, part.pages.size()), 0, 0);
      if (page.index() == 0) {
        block(BlockKind.HEADING, 1, name);
      }
      for (; block < part.blocks.size() && part.blocks.get(block).page() == page.index(); block++) {
        Block old = part.blocks.get(block);
        block(old.kind(), old.level(), part.text.substring(old.start(), old.end()));
      }
    }
  }

  private static String partLabel(String name, Page page, int count) {
    if (page.label().isEmpty() || count == 1 && page.kind() != PageKind.WHOLE) {
      return name;
    }
    return page.kind() == PageKind.WHOLE && page.label().startsWith(name)
        ? page.label()
        : name + " · " + page.label();
  }

  /// Sets apart what stands on most slides: footers, with numbers counted as equal.
  void setApartRepeated() {
    Map<String, Set<Integer>> pagesOf = new HashMap<>();
    for (Block block : blocks) {
      if (block.kind() == BlockKind.PARAGRAPH) {
        pagesOf.computeIfAbsent(pattern(block), _ -> new HashSet<>()).add(block.page());
      }
    }
    int enough = Math.max(3, pages.size() / 2);
    blocks.replaceAll(
        block ->
            block.kind() == BlockKind.PARAGRAPH
                    && pagesOf.getOrDefault(pattern(block), Set.of()).size() >= enough
                ? new Block(BlockKind.BOILERPLATE, 0, block.start(), block.end(), block.page())
                : block);
  }

  private String pattern(Block block) {
    return text.substring(block.start(), block.end()).replaceAll("\\d+", "#");
  }

  void notice(Notice notice) {
    notices.add(notice);
  }

  boolean has(Notice notice) {
    return notices.contains(notice);
  }

  int pageCount() {
    return pages.size();
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  /// The title that the beginning of the document's own text tells, and of no attachment's: the
  /// whole of what the parser named as that, else the first blocks of the first page.
  Optional<String> title() {
    return Titles.ofBeginning(
        beginning.orElseGet(
            () ->
                blocks.stream()
                    .limit(Math.min(BEGINNING, ownBlocks))
                    .filter(block -> block.page() == 0 && block.kind() != BlockKind.BOILERPLATE)
                    .map(block -> new Titles.Part(text(block), isHeading(block), 0))
                    .toList()));
  }

  private String text(Block block) {
    return text.substring(block.start(), block.end());
  }

  private static boolean isHeading(Block block) {
    return block.kind() == BlockKind.HEADING;
  }

  /// Names the document's beginning, with the sizes of its type.
  void beginsWith(List<Titles.Part> parts) {
    beginning = Optional.of(List.copyOf(parts));
  }

  ParsedDocument build(String mediaType, Optional<String> title, Optional<LocalDate> date) {
    if (pages.isEmpty()) {
      startPage(PageKind.WHOLE, "", 0, 0);
    }
    endPage();
    return new ParsedDocument(
        mediaType, title, date, text.toString(), pages, blocks, lines, notices);
  }
}
