package dev.docent.compliance.verify;

import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import dev.docent.compliance.witness.Witness;
import dev.docent.compliance.witness.WitnessServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The program of the jar: checks exports, and witnesses, with the JDK alone.
public final class Main {
  private static final String USAGE =
      """
      java -Xmx128m -jar docent-compliance.jar verify EXPORT [options]    checks an export
        EXPORT          a folder or a ZIP file that Docent exported
        --key KEY       the log's verifier key, or a file with it, from another source
        --witness KEY   a witness's verifier key, or a file with it; may be given several times
        --since FILE    a checkpoint of the same log that was kept from earlier
        --folder DIR    the log's folder of checkpoints, or a copy of it
      Exit code: 0 valid, 1 not valid, 2 wrong arguments.

      java -jar docent-compliance.jar witness --state DIR [options]    signs what continues
        --state DIR     the witness's folder: its key and its memory
        --log KEY       the log's verifier key, or a file with it; the first time
        --name NAME     of the witness; the first time (default: witness.local)
        --listen H:P    address (default: 127.0.0.1:9650)""";

  private Main() {}

  public static void main(String... arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /// @return the exit code
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    Deque<String> words = new ArrayDeque<>(List.of(arguments));
    return switch (String.valueOf(words.poll())) {
      case "verify" -> verify(out, err, words);
      case "witness" -> witness(out, err, words);
      default -> usage(err);
    };
  }

  private static int usage(PrintStream err) {
    err.println(USAGE);
    return 2;
  }

  private static int verify(PrintStream out, PrintStream err, Deque<String> words) {
    List<Path> exports = new ArrayList<>();
    Optional<VerifierKey> key = Optional.empty();
    List<VerifierKey> witnesses = new ArrayList<>();
    Optional<SignedNote> earlier = Optional.empty();
    Optional<Path> folder = Optional.empty();
    try {
      while (!words.isEmpty()) {
        String word = words.remove();
        switch (word) {
          case "--key" -> key = Optional.of(key(words.remove()));
          case "--witness" -> witnesses.add(key(words.remove()));
          case "--since" ->
              earlier = Optional.of(SignedNote.parse(Files.readString(Path.of(words.remove()))));
          case "--folder" -> folder = Optional.of(Path.of(words.remove()));
          default -> exports.add(Path.of(word));
        }
      }
    } catch (NoSuchElementException e) {
      err.println("an option lacks its value");
      return 2;
    } catch (IOException | IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    }
    if (exports.size() != 1) {
      return usage(err);
    }
    Verdict verdict =
        BundleVerifier.verify(exports.getFirst(), new Trust(key, witnesses, earlier, folder));
    out.print(verdict.text());
    out.flush();
    return verdict.valid() ? 0 : 1;
  }

  private static int witness(PrintStream out, PrintStream err, Deque<String> words) {
    Optional<Path> state = Optional.empty();
    Optional<VerifierKey> log = Optional.empty();
    String name = "witness.local";
    String listen = "127.0.0.1:9650";
    try {
      while (!words.isEmpty()) {
        switch (words.remove()) {
          case "--state" -> state = Optional.of(Path.of(words.remove()));
          case "--log" -> log = Optional.of(key(words.remove()));
          case "--name" -> name = words.remove();
          case "--listen" -> listen = words.remove();
          default -> {
            return usage(err);
          }
        }
      }
      if (state.isEmpty()) {
        return usage(err);
      }
      int colon = listen.lastIndexOf(':');
      InetSocketAddress address =
          new InetSocketAddress(
              listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
      InstantSource clock = InstantSource.system();
      Witness witness =
          Witness.open(
              state.get(),
              name,
              log,
              clock,
              why -> err.println(clock.instant() + " REFUSED: " + why));
      try (WitnessServer server = new WitnessServer(witness, address)) {
        server.start();
        out.printf("The witness listens on %s. Its key, for docent.audit.witness-key:%n", listen);
        out.println(witness.verifier());
        out.flush();
        new CountDownLatch(1).await(); // until the process is ended
      }
      return 0;
    } catch (NoSuchElementException e) {
      err.println("an option lacks its value");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      err.println(e.getMessage());
    }
    return 2;
  }

  private static VerifierKey key(String keyOrFile) throws IOException {
    return VerifierKey.parse(
        keyOrFile.contains("+") ? keyOrFile : Files.readString(Path.of(keyOrFile)));
  }
}
