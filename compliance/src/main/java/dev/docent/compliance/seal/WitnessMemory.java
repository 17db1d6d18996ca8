package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a witness remembers of a log that may itself have forgotten it. Safe for concurrent use.
///
/// Nothing that it says is believed: a state counts when a key of the log signed it, and the
/// witness's own.
public final class WitnessMemory {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final URI address;
  private final VerifierKey witness;

  /// @param address of the witness, before `/checkpoint`
  public WitnessMemory(URI address, VerifierKey witness) {
    this.address = address;
    this.witness = witness;
  }

  VerifierKey witness() {
    return witness;
  }

  /// The newest state of the log that the witness signed.
  ///
  /// @param known whether a key is the log's for certain; those that it introduces are, too
  /// @param own the keys that the log remembers, for a witness that tells none
  /// @return empty if it remembers none, or none that these keys signed
  /// @throws IOException if it does not answer
  Optional<Checkpoint> newest(Predicate<VerifierKey> known, List<SealedLog.Key> own)
      throws IOException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      Optional<KeyChain> chain = get(http, "keys").map(KeyChain::parse).or(() -> chainOf(own));
      if (chain.isEmpty()) {
        return Optional.empty();
      }
      for (String origin : chain.get().origins().reversed()) {
        Optional<SignedNote> head =
            get(http, "checkpoint?" + URLEncoder.encode(origin, UTF_8)).map(SignedNote::parse);
        if (head.isPresent() && counts(head.get(), origin, chain.get(), known)) {
          return head.map(note -> Checkpoint.parse(note.text()));
        }
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException("the witness does not answer to the point", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the witness was not waited for", e);
    }
  }

  private boolean counts(
      SignedNote head, String origin, KeyChain chain, Predicate<VerifierKey> known) {
    Checkpoint checkpoint = Checkpoint.parse(head.text());
    return checkpoint.origin().equals(origin)
        && head.signedBy(witness)
        && chain
            .of(checkpoint)
            .filter(head::signedBy)
            .filter(signing -> chain.vouchedFor(signing, known))
            .isPresent();
  }

  private static Optional<KeyChain> chainOf(List<SealedLog.Key> own) {
    if (own.isEmpty()) {
      return Optional.empty();
    }
    KeyChain chain = new KeyChain(own.getFirst().verifier());
    own.forEach(key -> key.statement().ifPresent(chain::add));
    return Optional.of(chain);
  }

  private Optional<String> get(HttpClient http, String what)
      throws IOException, InterruptedException {
    String base = address.toString().replaceAll("/+$", "");
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/" + what)).timeout(LIMIT).build(),
            HttpResponse.BodyHandlers.ofString());
    return switch (response.statusCode()) {
      case 200 -> Optional.of(response.body());
      case 404, 405 -> Optional.empty();
      default -> throw new IOException("the witness answered " + response.statusCode());
    };
  }
}
