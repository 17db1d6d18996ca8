package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.wiring.DiskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Starts the reading of a folder in the service and shows it until it ends.
final class IngestWatch {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final int REJECTIONS_SHOWN = 20;

  /// What becomes of a run when the command that began it is told to end, as by Ctrl-C.
  enum WhenInterrupted {
    CANCEL,
    /// The service ends with the command, and goes on with the run when it is started again.
    LEAVE
  }

  private final ServiceClient service;
  private final Terminal terminal;
  private final WhenInterrupted whenInterrupted;

  IngestWatch(ServiceClient service, Terminal terminal, WhenInterrupted whenInterrupted) {
    this.service = service;
    this.terminal = terminal;
    this.whenInterrupted = whenInterrupted;
  }

  /// Reads a file or folder; returns when every file has an outcome.
  ///
  /// @param readers groups that may read the documents; empty for the folder's own rules
  /// @return the run, as the service describes it
  /// @throws CommandException where the service could not finish the run
  JsonNode read(Path path, List<String> readers, Optional<String> collection) {
    requireThere(path);
    var request = new LinkedHashMap<String, Object>();
    request.put("path", path.toAbsolutePath().normalize().toString());
    if (!readers.isEmpty()) {
      request.put("readers", readers);
    }
    collection.ifPresent(name -> request.put("collection", name));
    var id = service.post("/api/v1/ingests", request).path("id").asText();
    var run = whenInterrupted == WhenInterrupted.CANCEL ? guarded(id, path) : follow(id, path);
    summarise(run, id);
    if (!run.path("state").asText().equals("DONE")) {
      throw new CommandException(
          "Reading %s ended as %s. %s"
              .formatted(path, run.path("state").asText(), run.path("detail").asText("")));
    }
    return run;
  }

  /// @throws CommandException where there is nothing to read, or not for this user
  static void requireThere(Path path) {
    if (Files.notExists(path)) {
      throw new CommandException("There is no file or folder " + path);
    }
    if (!Files.isReadable(path)) {
      throw new CommandException(
          "%s cannot be read: %s."
              .formatted(path, DiskFailure.inWords(new AccessDeniedException(path.toString()))));
    }
  }

  private JsonNode guarded(String id, Path path) {
    var guard = new Thread(() -> cancel(id), "cancel-reading");
    Runtime.getRuntime().addShutdownHook(guard);
    try {
      return follow(id, path);
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(guard);
      } catch (IllegalStateException _) {
        // told to end meanwhile: the guard does it
      }
    }
  }

  /// In this process's last moments.
  private void cancel(String id) {
    try {
      service.delete("/api/v1/ingests/" + id);
      terminal.note(
          "\nReading was stopped; what was read stays. The same command goes on with it.");
    } catch (CommandException e) {
      terminal.note(
          "\nReading goes on in the service, which could not be told to stop: " + e.getMessage());
    }
  }

  private JsonNode follow(String id, Path path) {
    try (var progress = terminal.progress("Reading " + path)) {
      while (true) {
        var run = service.get("/api/v1/ingests/" + id);
        var done = run.path("done").asLong();
        var total = run.path("total").asLong();
        if (!run.path("state").asText().equals("RUNNING")) {
          return run;
        }
        progress.update(
            done,
            total,
            total == 0 ? "looking for files" : done + "/" + total,
            (run.path("current").asText("") + "  " + where(run.path("progress"))).strip());
        pause();
      }
    }
  }

  /// Where in a long document the service is.
  private static String where(JsonNode progress) {
    var of = progress.path("of").asInt();
    var at = progress.path("at").asInt();
    return switch (progress.path("unit").asText()) {
      case "" -> "";
      case "PASSAGE" -> "meaning %d %%".formatted(100L * at / Math.max(1, of));
      case String unit -> unit.toLowerCase(Locale.ROOT) + " " + at + (of > 0 ? " of " + of : "");
    };
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  private void summarise(JsonNode run, String id) {
    summary(run).forEach(terminal::note);
    if (run.path("rejected").asLong() > 0) {
      var lines = rejections(id);
      lines.stream().limit(REJECTIONS_SHOWN).forEach(terminal::note);
      if (lines.size() > REJECTIONS_SHOWN) {
        terminal.note(
            "  and %d more: ./docent ingest PATH --report FILE.jsonl lists them all"
                .formatted(lines.size() - REJECTIONS_SHOWN));
      }
    }
  }

  static List<String> summary(JsonNode run) {
    var rejected = run.path("rejected").asLong();
    var done = run.path("done").asLong();
    var unchanged = run.path("unchanged").asLong();
    var kept = run.path("labelsKept").asLong();
    var lines = new ArrayList<String>();
    lines.add(
        "%d %s: %d read, %d unchanged, %d not read, %d removed"
            .formatted(
                done,
                done == 1 ? "file" : "files",
                done - unchanged - rejected,
                unchanged,
                rejected,
                run.path("removed").asLong()));
    if (kept > 0) {
      lines.add(
          "  %d of them %s the readers that somebody chose by hand: --report FILE.jsonl says which,"
                  .formatted(kept, kept == 1 ? "keeps" : "keep")
              + " the library's page changes it");
    }
    return lines;
  }

  private List<String> rejections(String id) {
    var lines = new ArrayList<String>();
    try (var report = report(id)) {
      for (var line : new String(report.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        var item = ServiceClient.JSON.readTree(line);
        var outcome = item.path("outcome").asText();
        if (outcome.equalsIgnoreCase("REJECTED") || outcome.equalsIgnoreCase("FAILED")) {
          lines.add(
              "  not read: %s: %s"
                  .formatted(item.path("path").asText(), item.path("reason").asText()));
        }
      }
    } catch (IOException e) {
      throw new CommandException("The report broke off: " + e.getMessage(), e);
    }
    return lines;
  }

  /// One line of JSON for each file of a run; the caller closes it.
  InputStream report(String id) {
    return service.open("/api/v1/ingests/" + id + "/report", Map.of());
  }
}
