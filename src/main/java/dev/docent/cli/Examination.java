package dev.docent.cli;

import dev.docent.model.CatalogModel;
import dev.docent.model.Hardware;
import dev.docent.model.HardwareFit;
import dev.docent.model.ModelUnavailableException;
import dev.docent.wiring.DataFolder;
import dev.docent.wiring.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an installation needs, looked at one by one. Nothing is changed: a probe file in the data
/// folder is removed at once.
final class Examination {

  private static final double GIGABYTE = 1e9;
  // Programs and an empty cluster of PostgreSQL take 0.2 GB; a document, about four times its size.
  private static final long LEAST_DISK_BYTES = 500_000_000;
  private static final long AMPLE_DISK_BYTES = 3_000_000_000L;
  // The service and PostgreSQL, idle 0.6 GB, and the parser's heap.
  private static final long LEAST_MEMORY_BYTES = 1_200_000_000;
  private static final int PROBE_BYTES = 1 << 16;

  private final DataFolder folder;
  private final Settings settings;
  private final Terminal terminal;
  private final List<Finding> findings = new ArrayList<>();

  Examination(DataFolder folder, Settings settings, Terminal terminal) {
    this.folder = folder;
    this.settings = settings;
    this.terminal = terminal;
  }

  List<Finding> findings() {
    var usable = dataFolder();
    disk();
    memory();
    if (usable) {
      service();
    }
    chatModel();
    return List.copyOf(findings);
  }

  // --- the data folder -----------------------------------------------------------------------

  /// @return whether this user may work in it
  private boolean dataFolder() {
    var root = folder.root();
    if (Files.notExists(root)) {
      var above = existing(root);
      if (!Files.isDirectory(above) || !Files.isWritable(above)) {
        findings.add(
            Finding.problem(
                "data folder",
                "%s does not exist and %s may not make it in %s. Name another with --data."
                    .formatted(root, user(), above)));
        return false;
      }
      findings.add(Finding.ok("data folder", root + " does not exist yet; ./docent up makes it"));
      return true;
    }
    if (!Files.isDirectory(root)) {
      findings.add(Finding.problem("data folder", root + " is not a folder"));
      return false;
    }
    if (!Files.isWritable(root) || !Files.isExecutable(root)) {
      findings.add(
          Finding.problem(
              "data folder",
              "%s belongs to %s and %s may not write in it. Run as %s, or name another with --data."
                  .formatted(root, owner(root), user(), owner(root))));
      return false;
    }
    var failure = probe(root);
    if (failure.isPresent()) {
      findings.add(
          Finding.problem(
              "data folder",
              "%s cannot be written: %s. Free space there, or name another with --data."
                  .formatted(root, failure.get())));
      return false;
    }
    closedToOthers(root);
    return true;
  }

  private void closedToOthers(Path root) {
    if (!owner(root).equals(user())) {
      findings.add(
          Finding.note(
              "data folder",
              "%s belongs to %s, this is %s: start Docent always as the same user."
                  .formatted(root, owner(root), user())));
      return;
    }
    try {
      var permissions = Files.getPosixFilePermissions(root);
      var open =
          permissions.contains(PosixFilePermission.OTHERS_READ)
              || permissions.contains(PosixFilePermission.GROUP_READ)
              || permissions.contains(PosixFilePermission.GROUP_WRITE)
              || permissions.contains(PosixFilePermission.OTHERS_WRITE);
      findings.add(
          open
              ? Finding.note(
                  "data folder",
                  "%s can be listed or written by other users; ./docent up closes it"
                      .formatted(root))
              : Finding.ok("data folder", root.toString()));
    } catch (IOException | UnsupportedOperationException e) {
      findings.add(
          Finding.note("data folder", "%s: its permissions are unknown: %s".formatted(root, e)));
    }
  }

  /// A full or read-only disk shows only when something is written.
  private static Optional<String> probe(Path root) {
    try {
      var file = Files.createTempFile(root, ".doctor", "");
      try {
        Files.write(file, new byte[PROBE_BYTES]);
      } finally {
        Files.deleteIfExists(file);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(reason(e));
    }
  }

  private static String reason(IOException e) {
    var text = String.valueOf(e.getMessage());
    return text.contains(": ") ? text.substring(text.lastIndexOf(": ") + 2) : text;
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  private static String owner(Path path) {
    try {
      return Files.getOwner(path).getName();
    } catch (IOException | UnsupportedOperationException _) {
      return "an unknown user";
    }
  }

  /// The folder itself or the nearest one above it that exists.
  private static Path existing(Path path) {
    var there = path.toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  // --- the machine ---------------------------------------------------------------------------

  private void disk() {
    disk("disk", folder.root());
    if (settings.model().enabled() && settings.model().file().isEmpty()) {
      try {
        var cache = existing(settings.model().cacheFolder());
        if (!Files.getFileStore(cache).equals(Files.getFileStore(existing(folder.root())))) {
          disk("model disk", cache);
        }
      } catch (IOException _) {
        // disk(...) has said what there is to say of the folders
      }
    }
  }

  private void disk(String subject, Path path) {
    try {
      var free = Files.getFileStore(existing(path)).getUsableSpace();
      var text = "%.1f GB free at %s".formatted(free / GIGABYTE, path);
      if (free < LEAST_DISK_BYTES) {
        findings.add(
            Finding.problem(subject, text + ": too little to work. Free some, or move --data."));
      } else if (free < AMPLE_DISK_BYTES) {
        findings.add(
            Finding.note(
                subject, text + ": little; a chat model takes 1 GB, documents their part"));
      } else {
        findings.add(Finding.ok(subject, text));
      }
    } catch (IOException e) {
      findings.add(Finding.problem(subject, "%s cannot be looked at: %s".formatted(path, e)));
    }
  }

  private void memory() {
    var free = Hardware.detect().availableMemoryBytes();
    var text = "%.1f GB free, %d cores".formatted(free / GIGABYTE, Hardware.detect().cores());
    findings.add(
        free < LEAST_MEMORY_BYTES && RunningService.on(folder).isEmpty()
            ? Finding.problem(
                "memory",
                "%s; Docent needs %.1f GB without a chat model."
                    .formatted(text, LEAST_MEMORY_BYTES / GIGABYTE))
            : Finding.ok("memory", text));
  }

  // --- what runs -----------------------------------------------------------------------------

  private void service() {
    var running = RunningService.on(folder);
    if (running.isPresent()) {
      running(running.get());
      return;
    }
    if (folder.locked()) {
      findings.add(
          Finding.note(
              "service",
              "process %s holds the data folder and is not up yet; see ./docent logs"
                  .formatted(folder.holderInWords())));
      return;
    }
    findings.add(Finding.ok("service", "does not run; ./docent up starts it"));
    folder
        .database()
        .ifPresent(
            process ->
                findings.add(
                    Finding.note(
                        "database",
                        "process %d was left behind by an interrupted run; ./docent up stops it and recovers"
                            .formatted(process.pid()))));
    port();
  }

  private void running(RunningService running) {
    try {
      var service = ServiceClient.of(folder);
      findings.add(
          service.ready()
              ? Finding.ok(
                  "service",
                  "process %d answers at %s".formatted(running.process().pid(), running.address()))
              : Finding.problem(
                  "service",
                  "process %d runs and is not ready; see ./docent logs. If it stays so: ./docent down, ./docent up."
                      .formatted(running.process().pid())));
    } catch (CommandException e) {
      findings.add(Finding.problem("service", String.valueOf(e.getMessage())));
    }
  }

  private void port() {
    var place = new ListeningPlace(settings.host(), settings.port());
    try {
      place.requireFree();
      var loopback = InetAddress.getByName(settings.host()).isLoopbackAddress();
      findings.add(
          loopback
              ? Finding.ok("port", "%d on %s is free".formatted(settings.port(), settings.host()))
              : Finding.note(
                  "port",
                  "%s is not a loopback address: whoever reaches this machine reaches Docent"
                      .formatted(settings.host())));
    } catch (CommandException e) {
      findings.add(Finding.problem("port", String.valueOf(e.getMessage())));
    } catch (UnknownHostException _) {
      findings.add(Finding.problem("port", settings.host() + " is not an address"));
    }
  }

  // --- the chat model ------------------------------------------------------------------------

  private void chatModel() {
    var model = settings.model();
    if (!model.enabled()) {
      findings.add(Finding.note("chat model", "switched off; answers are quotations"));
      return;
    }
    try {
      if (model.file().isPresent()) {
        var own = new ChatModelFile(model, terminal).store().adopt(Path.of(model.file().get()));
        findings.add(
            Finding.ok(
                "chat model", "%s, sha256 %s".formatted(own.path(), own.identity().sha256())));
        return;
      }
      switch (new ChatModelFile(model, terminal).fit()) {
        case HardwareFit.QuotationsOnly(var reason) ->
            findings.add(Finding.note("chat model", reason + "; answers are quotations"));
        case HardwareFit.Fits(var fitting, var reason) -> catalogued(fitting, reason);
      }
    } catch (ModelUnavailableException e) {
      findings.add(Finding.problem("chat model", String.valueOf(e.getMessage())));
    }
  }

  private void catalogued(CatalogModel fitting, String reason) {
    var cached = new ChatModelFile(settings.model(), terminal).store().cached(fitting);
    if (cached.isPresent()) {
      findings.add(
          Finding.ok(
              "chat model", "%s, digest as expected: %s".formatted(reason, cached.get().path())));
      return;
    }
    var file = settings.model().cacheFolder().resolve(fitting.file());
    if (Files.exists(file)) {
      findings.add(
          Finding.problem(
              "chat model",
              "%s is damaged: its digest is not that of %s. Delete it; ./docent models fetch brings it again."
                  .formatted(file, fitting.name())));
      return;
    }
    findings.add(
        Finding.note(
            "chat model",
            "%s; it is not here yet (%.0f MB): ./docent up fetches it, or ./docent models fetch"
                .formatted(reason, fitting.bytes() / 1e6)));
  }
}
