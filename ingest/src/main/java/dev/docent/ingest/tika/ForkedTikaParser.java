package dev.docent.ingest.tika;

import static java.util.Objects.requireNonNull;

import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.Parser;
import dev.docent.ingest.ParserUnavailableException;
import dev.docent.ingest.RejectReason;
import dev.docent.ingest.SourceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Apache Tika and PDFBox in child processes with limits on heap, time and output.
///
/// ```
///            parse()                      done
///   (none) ─────────▶ BUSY ───────────────────────▶ IDLE ──idle time──▶ stopped
///                      │  ▲                          │
///                      │  └──────────parse()─────────┘
///                      └─ hangs, dies, out of memory ─▶ stopped; the document is rejected with
///                                                       that reason, the next one gets a new child
/// ```
///
/// Nothing a document does to its child reaches this process: what comes back is a frame of bounded
/// size. A child's temporary files lie in a folder of its own, emptied after each document; a child
/// whose parent dies sees its input close and ends.
public final class ForkedTikaParser implements Parser {
  private final ParserLimits limits;
  private final String classPath;
  private final Semaphore permits;
  private final Deque<Resting> resting = new ArrayDeque<>();
  private final ScheduledExecutorService clock;
  private boolean closed;

  private record Resting(Worker worker, long sinceNanos) {}

  public ForkedTikaParser(ParserLimits limits) {
    this.limits = requireNonNull(limits, "limits");
    this.permits = new Semaphore(limits.workers());
    try {
      this.classPath = WorkerClassPath.current();
    } catch (IOException e) {
      throw new ParserUnavailableException("the parser's class path cannot be found", e);
    }
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("parser-idle").daemon().factory());
    long period = Math.max(1, limits.idle().toMillis() / 4);
    var unused =
        clock.scheduleWithFixedDelay(this::stopIdle, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public ParseOutcome parse(SourceDocument source, PageListener listener) {
    ParseOutcome.Rejected refused = check(source.file());
    if (refused != null) {
      return refused;
    }
    return byWorker(worker -> worker.parse(source, listener));
  }

  /// A page of an image file as a JPEG: upright, and the very pixels that text recognition reads,
  /// 24 million at most. Empty where that cannot be had: the file is no image or broken, has no
  /// such page, or costs more than the limits.
  ///
  /// @param page from 0
  /// @throws ParserUnavailableException when no child can be started; a retry may help
  public Optional<byte[]> picture(Path file, int page) {
    if (check(file) != null) {
      return Optional.empty();
    }
    Frame answer = byWorker(worker -> worker.show(file, page));
    return answer.kind() == Frame.Kind.SHOWN ? Optional.of(answer.body()) : Optional.empty();
  }

  private <T> T byWorker(Function<Worker, T> request) {
    permits.acquireUninterruptibly();
    try {
      Worker worker = take();
      boolean answered = false;
      try {
        T answer = request.apply(worker);
        answered = true;
        return answer;
      } finally {
        if (answered && worker.isAlive()) {
          rest(worker);
        } else {
          worker.close();
        }
      }
    } finally {
      permits.release();
    }
  }

  private ParseOutcome.@Nullable Rejected check(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return new ParseOutcome.Rejected(RejectReason.UNREADABLE, "");
      }
      long bytes = Files.size(file);
      if (bytes == 0) {
        return new ParseOutcome.Rejected(RejectReason.EMPTY, "");
      }
      if (bytes > limits.maxInputBytes()) {
        return new ParseOutcome.Rejected(
            RejectReason.TOO_LARGE,
            "%d MB, the limit is %d MB".formatted(bytes >> 20, limits.maxInputBytes() >> 20));
      }
      return null;
    } catch (IOException e) {
      return new ParseOutcome.Rejected(RejectReason.UNREADABLE, "");
    }
  }

  private Worker take() {
    synchronized (resting) {
      if (closed) {
        throw new IllegalStateException("the parser is closed");
      }
      while (!resting.isEmpty()) {
        Worker worker = resting.pop().worker();
        if (worker.isAlive()) {
          return worker;
        }
        worker.close();
      }
    }
    return Worker.start(limits, classPath);
  }

  private void rest(Worker worker) {
    synchronized (resting) {
      if (!closed) {
        resting.push(new Resting(worker, System.nanoTime()));
        return;
      }
    }
    worker.close();
  }

  private void stopIdle() {
    synchronized (resting) {
      long now = System.nanoTime();
      while (!resting.isEmpty()
          && now - resting.peekLast().sinceNanos() > limits.idle().toNanos()) {
        resting.removeLast().worker().close();
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (resting) {
      closed = true;
      resting.forEach(idle -> idle.worker().close());
      resting.clear();
    }
  }
}
