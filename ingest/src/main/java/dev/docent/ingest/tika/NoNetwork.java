package dev.docent.ingest.tika;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Takes the network from a child process: a namespace of its own without any interface that is up.
/// What a hostile document makes of its parser then reaches nobody.
///
/// Where the system lets the service make one: Linux with util-linux, as root, or as anyone where
/// user namespaces are open to everyone. Many containers forbid it; there the platform's own rules
/// must do.
final class NoNetwork {
  private static final int PROBE_SECONDS = 10;
  private static final Optional<List<String>> COMMAND =
      Stream.of(List.of("unshare", "--net"), List.of("unshare", "--map-root-user", "--net"))
          .filter(NoNetwork::works)
          .findFirst();

  private NoNetwork() {}

  private static boolean works(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(with(command, List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // another system, or no util-linux
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static boolean isPossible() {
    return COMMAND.isPresent();
  }

  /// The command without a network where that is possible, as it is elsewhere.
  static List<String> without(List<String> command) {
    return COMMAND.map(unshare -> with(unshare, command)).orElse(command);
  }

  private static List<String> with(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}
