package dev.docent.ingest.tika;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Consumer;

/// What one document may cost, and what the parser as a whole may.
///
/// @param workers child processes at most, that is, documents parsed at a time
/// @param heapMegabytes of a child
/// @param stall a child that reports no progress (a page, an attachment) for so long is stopped
/// @param total and so is one that takes so long for one document
/// @param idle a child without work for so long is stopped, to give its memory back
/// @param maxInputBytes a larger file is not opened
/// @param maxExpandedBytes of everything inside a file, unpacked
/// @param maxCharacters of text; the rest is left out, with a notice
/// @param maxPages of a PDF; likewise
/// @param maxDepth files inside files inside files
/// @param maxParts attachments and archive entries of one document
/// @param textRecognition whether scanned pages and pictures are read by OCR where Tesseract is
///   installed
public record ParserLimits(
    int workers,
    int heapMegabytes,
    Duration stall,
    Duration total,
    Duration idle,
    long maxInputBytes,
    long maxExpandedBytes,
    int maxCharacters,
    int maxPages,
    int maxDepth,
    int maxParts,
    boolean textRecognition) {

  /// One child of 512 MB, a minute without progress, ten minutes in all.
  public static final ParserLimits DEFAULT =
      new ParserLimits(
          1,
          512,
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          256L << 20,
          1L << 30,
          20_000_000,
          5_000,
          4,
          1_000,
          true);

  public ParserLimits {
    requireNonNull(stall, "stall");
    requireNonNull(total, "total");
    requireNonNull(idle, "idle");
    if (workers < 1
        || heapMegabytes < 64
        || maxInputBytes < 1
        || maxExpandedBytes < 1
        || maxCharacters < 1
        || maxPages < 1
        || maxDepth < 1
        || maxParts < 0) {
      throw new IllegalArgumentException("a limit is too low");
    }
  }

  /// These limits with some of them changed.
  public ParserLimits with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.limits();
  }

  /// Limits while they are changed, under the names of the record's components.
  public static final class Draft {
    public int workers;
    public int heapMegabytes;
    public Duration stall;
    public Duration total;
    public Duration idle;
    public long maxInputBytes;
    public long maxExpandedBytes;
    public int maxCharacters;
    public int maxPages;
    public int maxDepth;
    public int maxParts;
    public boolean textRecognition;

    private Draft(ParserLimits limits) {
      workers = limits.workers;
      heapMegabytes = limits.heapMegabytes;
      stall = limits.stall;
      total = limits.total;
      idle = limits.idle;
      maxInputBytes = limits.maxInputBytes;
      maxExpandedBytes = limits.maxExpandedBytes;
      maxCharacters = limits.maxCharacters;
      maxPages = limits.maxPages;
      maxDepth = limits.maxDepth;
      maxParts = limits.maxParts;
      textRecognition = limits.textRecognition;
    }

    private ParserLimits limits() {
      return new ParserLimits(
          workers,
          heapMegabytes,
          stall,
          total,
          idle,
          maxInputBytes,
          maxExpandedBytes,
          maxCharacters,
          maxPages,
          maxDepth,
          maxParts,
          textRecognition);
    }
  }
}
