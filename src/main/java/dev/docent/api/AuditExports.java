package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.compliance.audit.AuditEvent.ExportForm;
import dev.docent.compliance.audit.AuditEvent.RunEnd;
import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.ExportFormat;
import dev.docent.compliance.audit.ExportProgress;
import dev.docent.compliance.audit.Exported;
import dev.docent.compliance.seal.BundleExport;
import dev.docent.compliance.seal.SealedLog;
import dev.docent.compliance.seal.Sealer;
import dev.docent.library.LibraryException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Exports of the log on their way out: on record before their first byte, watched, and ended when
/// their caller or the client wants it. Safe for concurrent use.
@Singleton
final class AuditExports {
  static final String ID_HEADER = "X-Audit-Export";
  private static final Duration SEALED_WITHIN = Duration.ofSeconds(3);
  private static final int COUNTED_UP_TO = 10_000_000;

  private final AuditReader reader;
  private final SealedLog log;
  private final Sealer sealer;
  private final BundleExport bundles;
  private final RequestRecorder recorder;
  private final Map<UUID, Running> running = new ConcurrentHashMap<>();

  @Inject
  AuditExports(
      AuditReader reader,
      SealedLog log,
      Sealer sealer,
      BundleExport bundles,
      RequestRecorder recorder) {
    this.reader = reader;
    this.log = log;
    this.sealer = sealer;
    this.bundles = bundles;
    this.recorder = recorder;
  }

  /// An export that runs.
  static final class Running implements ExportProgress {
    private final UUID id;
    private final String caller;
    private final ExportForm form;
    private final long total;
    private final long waiting;
    private final Instant startedAt = Instant.now();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong records = new AtomicLong();
    private volatile boolean cancelled;

    private Running(UUID id, String caller, ExportForm form, long total, long waiting) {
      this.id = id;
      this.caller = caller;
      this.form = form;
      this.total = total;
      this.waiting = waiting;
    }

    UUID id() {
      return id;
    }

    ExportForm form() {
      return form;
    }

    /// Records that it will have.
    long total() {
      return total;
    }

    /// Newest records of the log that were not signed in time, and are not in it.
    long waiting() {
      return waiting;
    }

    long records() {
      return records.get();
    }

    Instant startedAt() {
      return startedAt;
    }

    @Override
    public boolean proceed(long written) {
      records.set(written);
      return !cancelled;
    }
  }

  /// The caller's exports that run, the oldest first.
  List<Running> of(Caller caller) {
    return running.values().stream()
        .filter(one -> one.caller.equals(caller.id()))
        .sorted(Comparator.comparing(Running::startedAt))
        .toList();
  }

  void cancel(Caller caller, UUID id) {
    of(caller).stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new LibraryException.NotFound("There is no such export that runs"))
            .cancelled =
        true;
  }

  /// Records the intent, and answers with the export of what was signed. However it goes, its end
  /// is recorded too.
  ///
  /// @param fields names of what restricts it
  /// @param size of the signed tree that it is of; empty for the newest
  /// @param http the exchange that asks for it
  Response response(
      Caller caller,
      ExportForm form,
      AuditQuery query,
      Set<String> fields,
      OptionalLong size,
      RoutingContext http) {
    UUID intent = recorder.exportStarted(caller, form, fields, query);
    try {
      return begun(caller, intent, form, query, size, http);
    } catch (RuntimeException e) {
      recorder.exportFinished(caller, intent, RunEnd.FAILED, 0, Optional.empty());
      throw e;
    }
  }

  private Response begun(
      Caller caller,
      UUID intent,
      ExportForm form,
      AuditQuery query,
      OptionalLong size,
      RoutingContext http) {
    // What led up to the export, and it itself, is in the tree that it is of.
    boolean sealed = sealer.await(intent, log, SEALED_WITHIN).isPresent();
    SealedLog.Head head =
        (size.isPresent() ? log.at(size.getAsLong()) : log.head())
            .orElseThrow(() -> new LibraryException.NotFound("Nothing was signed at this size"));
    long tree = head.checkpoint().size();
    long waiting = sealed || size.isPresent() ? 0 : log.waiting().records();
    Work work =
        switch (form) {
          case BUNDLE -> (out, progress) -> bundles.export(query, head, out, progress);
          case JSON_LINES -> view(query, tree, ExportFormat.JSON_LINES);
          case CSV -> view(query, tree, ExportFormat.CSV);
        };
    boolean whole = form == ExportForm.BUNDLE && query.equals(AuditQuery.ALL);
    long total = whole ? tree : reader.total(query, tree, COUNTED_UP_TO).atLeast();
    Running export = new Running(intent, caller.id(), form, total, waiting);
    StreamingOutput body = out -> run(caller, export, out, work);
    Response response =
        Response.ok(body)
            .type(type(form))
            .header(ID_HEADER, intent)
            .header("X-Audit-Records", total)
            .header("X-Audit-Tree-Size", tree)
            .header("X-Audit-Waiting", waiting)
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"audit.%s\"".formatted(extension(form)))
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .build();
    http.addEndHandler(_ -> Thread.startVirtualThread(() -> goneBefore(caller, export)));
    return response;
  }

  /// Ends an export whose exchange is over before a byte of it was asked for.
  private void goneBefore(Caller caller, Running export) {
    if (export.begun.compareAndSet(false, true)) {
      recorder.exportFinished(caller, export.id(), RunEnd.CANCELLED, 0, Optional.empty());
    }
  }

  private Work view(AuditQuery query, long size, ExportFormat format) {
    return (out, progress) -> reader.export(query, size, format, out, progress);
  }

  private interface Work {
    Exported run(OutputStream out, ExportProgress progress) throws IOException;
  }

  private void run(Caller caller, Running export, OutputStream out, Work work) throws IOException {
    UUID intent = export.id();
    if (!export.begun.compareAndSet(false, true)) {
      throw new IOException("the client went away");
    }
    running.put(intent, export);
    RunEnd end = RunEnd.FAILED;
    Optional<Exported> done = Optional.empty();
    try {
      done = Optional.of(work.run(out, export));
      end = done.get().complete() ? RunEnd.COMPLETED : RunEnd.CANCELLED;
    } catch (IOException e) {
      end = RunEnd.CANCELLED; // the client went away
      throw e;
    } finally {
      running.remove(intent);
      recorder.exportFinished(
          caller,
          intent,
          end,
          done.map(Exported::records).orElseGet(export::records),
          done.filter(Exported::complete).map(Exported::content));
    }
    if (end == RunEnd.CANCELLED) {
      throw new IOException("the export was cancelled"); // the response must not end as if whole
    }
  }

  private static String type(ExportForm form) {
    return switch (form) {
      case JSON_LINES -> "application/jsonl";
      case CSV -> "text/csv; charset=utf-8";
      case BUNDLE -> "application/zip";
    };
  }

  private static String extension(ExportForm form) {
    return switch (form) {
      case JSON_LINES -> "jsonl";
      case CSV -> "csv";
      case BUNDLE -> "zip";
    };
  }
}
