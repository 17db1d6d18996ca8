package dev.docent.compliance.seal;

import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// Has a witness sign each new state of the log (C2SP tlog-witness), in a thread of its own: a
/// witness that is slow or away holds nobody up, and is asked again.
public final class WitnessClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final SealedLog log;
  private final DataSource database;
  private final URI address;
  private final VerifierKey key;
  private final InstantSource clock;
  private final Runnable contradicted;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final Semaphore wanted = new Semaphore(1);
  private final Thread thread;
  private long witnessed;
  private volatile Health health = new Health(State.WAITING, "", Optional.empty());
  private volatile boolean closed;

  public enum State {
    /// Nothing was asked yet.
    WAITING,
    /// The newest state that was asked about is signed.
    SIGNED,
    /// The witness does not answer, or not to the point; it is asked again.
    UNAVAILABLE,
    /// The witness saw another history of this log.
    CONFLICT
  }

  /// @param reason for a person; empty while all is well
  public record Health(State state, String reason, Optional<Instant> lastSigned) {}

  /// @param database connections of a role that has `audit_seal`
  /// @param address of the witness, before `/add-checkpoint`
  /// @param contradicted told, in this client's thread, that the witness knows another state of the
  ///   log, or another key: the log may come from a backup
  public WitnessClient(
      SealedLog log,
      DataSource database,
      URI address,
      VerifierKey key,
      InstantSource clock,
      Runnable contradicted) {
    this.log = log;
    this.database = database;
    this.address = address;
    this.key = key;
    this.clock = clock;
    this.contradicted = contradicted;
    this.thread =
        Thread.ofPlatform().name("audit-witness-client").daemon(true).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// There is a new state.
  public void wake() {
    wanted.release();
  }

  public Health health() {
    return health;
  }

  private void run() {
    while (!closed) {
      try {
        if (wanted.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
          wanted.drainPermits();
        }
        if (!closed) {
          ask();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) { // the top of a thread that must outlive its rounds
        set(State.UNAVAILABLE, String.valueOf(e.getMessage()));
      }
    }
  }

  /// Asks for the newest state, once.
  void ask() throws InterruptedException {
    Optional<SealedLog.Head> newest = log.head();
    if (newest.isEmpty()
        || newest.get().cosignatures().stream()
            .anyMatch(signed -> signed.keyId() == key.id() && signed.name().equals(key.name()))) {
      return;
    }
    SealedLog.Head head = newest.get();
    try {
      for (int attempt = 0; attempt < 3; attempt++) {
        HttpResponse<String> response = send("add-checkpoint", request(head));
        switch (response.statusCode()) {
          case 200 -> {
            keep(head, response.body());
            return;
          }
          case 409 -> {
            long known = size(response);
            if (known > head.checkpoint().size() || known == witnessed) {
              set(
                  State.CONFLICT,
                  "the witness signed a state of %d records that this log does not continue"
                      .formatted(known));
              contradicted.run();
              return;
            }
            witnessed = known;
          }
          case 403, 404 -> introduceKeys();
          case 422 -> {
            set(State.CONFLICT, "the witness saw another history of this log");
            contradicted.run();
            return;
          }
          default -> {
            set(State.UNAVAILABLE, "the witness answered " + response.statusCode());
            return;
          }
        }
      }
      set(State.UNAVAILABLE, "the witness does not know the key that signs the log");
      contradicted.run();
    } catch (IOException e) {
      set(State.UNAVAILABLE, "the witness does not answer: " + e.getClass().getSimpleName());
    }
  }

  private String request(SealedLog.Head head) {
    long size = head.checkpoint().size();
    witnessed = Math.min(witnessed, size);
    StringBuilder request = new StringBuilder("old ").append(witnessed).append('\n');
    for (byte[] hash : log.view(size).consistency(witnessed, size)) {
      request.append(Base64.getEncoder().encodeToString(hash)).append('\n');
    }
    return request.append('\n').append(head.note().format()).toString();
  }

  /// The witness may have missed that a key was replaced.
  private void introduceKeys() throws IOException, InterruptedException {
    for (SealedLog.Key known : log.keys()) {
      if (known.statement().isPresent()) {
        var _ = send("add-key", known.statement().get().format());
      }
    }
    witnessed = 0;
  }

  private void keep(SealedLog.Head head, String body) {
    for (String line : body.lines().toList()) {
      SignedNote.Signed signed = SignedNote.Signed.parse(line);
      if (new SignedNote(head.note().text(), List.of(signed)).signedBy(key)) {
        insert(head, signed);
        witnessed = head.checkpoint().size();
        set(State.SIGNED, "");
        return;
      }
    }
    set(State.UNAVAILABLE, "the witness signed with another key than is configured");
  }

  private void insert(SealedLog.Head head, SignedNote.Signed signed) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO audit.cosignature (epoch, tree_size, witness, line)
                VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""")) {
      insert.setInt(1, head.epoch());
      insert.setLong(2, head.checkpoint().size());
      insert.setString(3, signed.name());
      insert.setString(4, signed.line());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new AuditUnavailableException("the witness's signature was not kept", false, e);
    }
  }

  private HttpResponse<String> send(String what, String body)
      throws IOException, InterruptedException {
    String base = address.toString().replaceAll("/+$", "");
    return http.send(
        HttpRequest.newBuilder(URI.create(base + "/" + what))
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static long size(HttpResponse<String> response) throws IOException {
    try {
      return Long.parseLong(response.body().strip());
    } catch (NumberFormatException e) {
      throw new IOException("the witness names no size", e);
    }
  }

  private void set(State state, String reason) {
    Optional<Instant> last =
        state == State.SIGNED ? Optional.of(clock.instant()) : health.lastSigned();
    health = new Health(state, reason, last);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    http.shutdownNow();
  }
}
