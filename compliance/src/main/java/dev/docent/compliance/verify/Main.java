package dev.docent.compliance.verify;

import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The program of the jar: checks exports with the JDK alone.
public final class Main {
  private static final String USAGE =
      """
      java -jar docent-compliance.jar verify EXPORT [options]
        EXPORT          a folder or a ZIP file that Docent exported
        --key KEY       the log's verifier key, or a file with it, from another source
        --witness KEY   a witness's verifier key, or a file with it; may be given several times
        --since FILE    a checkpoint of the same log that was kept from earlier
        --folder DIR    the log's folder of checkpoints, or a copy of it
      Exit code: 0 valid, 1 not valid, 2 wrong arguments.""";

  private Main() {}

  public static void main(String... arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /// @return the exit code
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    Deque<String> words = new ArrayDeque<>(List.of(arguments));
    if (!"verify".equals(words.poll())) {
      err.println(USAGE);
      return 2;
    }
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
      err.println(USAGE);
      return 2;
    }
    Verdict verdict =
        BundleVerifier.verify(exports.getFirst(), new Trust(key, witnesses, earlier, folder));
    out.print(verdict.text());
    out.flush();
    return verdict.valid() ? 0 : 1;
  }

  private static VerifierKey key(String keyOrFile) throws IOException {
    return VerifierKey.parse(
        keyOrFile.contains("+") ? keyOrFile : Files.readString(Path.of(keyOrFile)));
  }
}
