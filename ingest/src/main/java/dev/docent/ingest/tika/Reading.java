package dev.docent.ingest.tika;

import dev.docent.ingest.PageKind;
import dev.docent.ingest.PageListener;
import dev.docent.ingest.RejectReason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// What one document, with everything inside it, has used up of its limits.
final class Reading {
  /// Text compresses to a tenth, a sparse table to a fiftieth; deflate reaches a thousandth.
  private static final long MAX_RATIO = 100;

  private static final long ALWAYS_ALLOWED_BYTES = 32L << 20;

  private final WorkerSettings settings;
  private final Runnable progress;
  private final PageListener pages;
  private final long maxExpandedBytes;
  private long expandedBytes;
  private int parts;
  private int depth;

  /// @param sourceBytes size of the file itself
  Reading(WorkerSettings settings, Runnable progress, PageListener pages, long sourceBytes) {
    this.settings = settings;
    this.maxExpandedBytes =
        Math.min(
            settings.maxExpandedBytes(), Math.max(ALWAYS_ALLOWED_BYTES, MAX_RATIO * sourceBytes));
    this.progress = progress;
    this.pages = pages;
  }

  WorkerSettings settings() {
    return settings;
  }

  /// Tells the parent that the work goes on.
  void progress() {
    progress.run();
  }

  /// Likewise, and where it is. Pages of what is inside the document are not told.
  void page(PageKind kind, int page, int of) {
    if (depth == 1) {
      pages.page(kind, page, of);
    } else {
      progress();
    }
  }

  /// A document begins, the one that was asked for or one inside it.
  void enter() {
    depth++;
    progress();
  }

  void leave() {
    depth--;
  }

  /// Whether one more attachment or archive entry may be read.
  boolean takePart() {
    parts++;
    return parts <= settings.maxParts();
  }

  /// The stream of an unpacked part, which ends with an exception when the document as a whole
  /// unpacks to too much.
  InputStream counted(InputStream part) {
    return new FilterInputStream(part) {
      @Override
      public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  private void count(int bytes) {
    expandedBytes += bytes;
    if (expandedBytes > maxExpandedBytes) {
      throw new LimitException(
          RejectReason.EXPANDS_TOO_MUCH, "more than %d MB".formatted(expandedBytes >> 20));
    }
  }

  /// Ends the reading of the whole document, through whatever parser stands between.
  static final class LimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RejectReason reason;

    LimitException(RejectReason reason, String detail) {
      super(detail);
      this.reason = reason;
    }

    RejectReason reason() {
      return reason;
    }
  }
}
