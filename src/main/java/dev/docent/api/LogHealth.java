package dev.docent.api;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.seal.SealedLog;
import dev.docent.compliance.seal.Sealer;
import dev.docent.compliance.seal.SelfCheck;
import dev.docent.compliance.seal.WitnessClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How the log is, and its check of itself. Safe for concurrent use.
public final class LogHealth {
  private static final Logger LOG = Logger.getLogger(LogHealth.class);

  private final Sealer sealer;
  private final SealedLog log;
  private final AuditReader reader;
  private final AuditWriter writer;
  private final SelfCheck check;
  private final Supplier<Optional<WitnessClient.Health>> witness;
  private final Supplier<Optional<String>> syslogProblem;
  private final AtomicBoolean checking = new AtomicBoolean();
  private final AtomicLong checked = new AtomicLong();
  private volatile boolean failed;
  private volatile boolean closed;

  public LogHealth(
      Sealer sealer,
      SealedLog log,
      AuditReader reader,
      AuditWriter writer,
      SelfCheck check,
      Supplier<Optional<WitnessClient.Health>> witness,
      Supplier<Optional<String>> syslogProblem) {
    this.sealer = sealer;
    this.log = log;
    this.reader = reader;
    this.writer = writer;
    this.check = check;
    this.witness = witness;
    this.syslogProblem = syslogProblem;
  }

  @Schema(name = "LogHealth")
  record HealthView(
      @Schema(description = "What this process's sealer does", examples = "sealing") String state,
      @Schema(description = "For a person; empty while all is well") String reason,
      @Schema(description = "Newest signed state; null before the first") @Nullable HeadView head,
      @Schema(description = "Records that are durable and not yet in the tree") long waiting,
      @Schema(description = "Since when the oldest of them waits, milliseconds") long lagMillis,
      @Schema(description = "Null: no witness is configured") @Nullable WitnessView witness,
      @Schema(description = "Newest state that a witness signed too; null: none")
          @Nullable WitnessedView witnessed,
      @Schema(description = "Why syslog was not told of the newest state; null: it was, or none")
          @Nullable String syslogProblem,
      VerificationView verification) {}

  record HeadView(String origin, int epoch, long size, String root, Instant signedAt) {}

  record WitnessView(
      @Schema(enumeration = {"waiting", "signed", "unavailable", "conflict"}) String state,
      @Schema(description = "For a person; empty while all is well") String reason,
      @Nullable Instant lastSigned) {}

  record WitnessedView(List<String> witnesses, int epoch, long size, Instant signedAt) {}

  @Schema(
      name = "LogVerification",
      description = "The last check of the log by the service itself; nulls: none yet")
  record VerificationView(
      @Schema(description = "Whether one runs now") boolean running,
      @Schema(description = "Records it has looked at") long checked,
      @Nullable Instant at,
      @Nullable Boolean valid,
      @Nullable Long size,
      @Schema(description = "The first record that is wrong; null: none")
          @Nullable Long firstBad) {}

  HealthView now() {
    Sealer.Health health = sealer.health();
    SealedLog.Waiting waiting = log.waiting();
    return new HealthView(
        name(health.state()),
        health.reason(),
        log.head()
            .map(
                head ->
                    new HeadView(
                        head.checkpoint().origin(),
                        head.epoch(),
                        head.checkpoint().size(),
                        HexFormat.of().formatHex(head.checkpoint().root()),
                        head.createdAt()))
            .orElse(null),
        waiting.records(),
        waiting.since().map(Duration::toMillis).orElse(0L),
        witness
            .get()
            .map(
                known ->
                    new WitnessView(
                        name(known.state()), known.reason(), known.lastSigned().orElse(null)))
            .orElse(null),
        log.witnessed()
            .map(
                head ->
                    new WitnessedView(
                        head.cosignatures().stream().map(signed -> signed.name()).toList(),
                        head.epoch(),
                        head.checkpoint().size(),
                        head.createdAt()))
            .orElse(null),
        syslogProblem.get().orElse(null),
        verification());
  }

  VerificationView verification() {
    Optional<AuditRecord> last =
        reader
            .search(AuditQuery.ALL.withAct("audit.verified"), Optional.empty(), 1)
            .records()
            .stream()
            .findFirst();
    return new VerificationView(
        checking.get(),
        checked.get(),
        last.map(AuditRecord::time).orElse(null),
        last.map(record -> record.outcome().equals("success")).orElse(null),
        last.map(record -> (Long) record.data().get("treeSize")).orElse(null),
        last.map(record -> (Long) record.data().get("firstBad")).orElse(null));
  }

  /// Whether the last check since the start found the log to be another than was signed.
  public boolean failedCheck() {
    return failed;
  }

  /// Begins a check in a thread of its own, unless one runs. Its result goes on record.
  public void startCheck(ActorRef actor) {
    if (!closed && checking.compareAndSet(false, true)) {
      checked.set(0);
      Thread.ofPlatform().name("audit-self-check").daemon(true).start(() -> check(actor));
    }
  }

  private void check(ActorRef actor) {
    try {
      SelfCheck.Result result =
          check.run(
              records -> {
                checked.set(records);
                return !closed;
              });
      if (closed) {
        return;
      }
      failed = !result.valid();
      if (failed) {
        LOG.errorf("The audit log is not what was signed: %s", result.problem());
      }
      OptionalLong bad = result.firstBad();
      writer.append(
          new AuditEvent.LogVerified(
              actor,
              result.valid() ? AuditEvent.CheckEnd.VALID : AuditEvent.CheckEnd.NOT_VALID,
              result.size(),
              result.records(),
              bad.isPresent() ? Optional.of(bad.getAsLong()) : Optional.empty()));
    } catch (AuditUnavailableException e) {
      LOG.warnf("The audit log could not be checked: %s", e.getMessage());
    } finally {
      checking.set(false);
    }
  }

  /// Ends a check that runs.
  public void close() {
    closed = true;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
