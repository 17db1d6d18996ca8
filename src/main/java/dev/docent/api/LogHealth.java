package dev.docent.api;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditEvent.CheckEnd;
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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How the log is, and its check of itself. Safe for concurrent use.
public final class LogHealth {
  private static final Logger LOG = Logger.getLogger(LogHealth.class);
  private static final int LOOKED_BACK = 50;

  private final Sealer sealer;
  private final SealedLog log;
  private final AuditReader reader;
  private final AuditWriter writer;
  private final SelfCheck check;
  private final Supplier<Optional<WitnessClient.Health>> witness;
  private final Supplier<Optional<String>> syslogProblem;
  private final AtomicBoolean checking = new AtomicBoolean();
  private final AtomicLong checked = new AtomicLong();
  private volatile @Nullable Thread thread;
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
            .search(AuditQuery.ALL.withAct("audit.verified"), Optional.empty(), LOOKED_BACK)
            .records()
            .stream()
            .filter(record -> !"not_finished".equals(record.data().get("end")))
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

  /// Begins a check in a thread of its own, unless one runs: on record before it, and its result
  /// after it.
  ///
  /// @throws AuditUnavailableException if it cannot be recorded; then there is none
  public void startCheck(ActorRef actor) {
    if (closed || !checking.compareAndSet(false, true)) {
      return;
    }
    try {
      UUID intent = writer.append(new AuditEvent.LogCheckStarted(actor)).event();
      checked.set(0);
      thread =
          Thread.ofPlatform()
              .name("audit-self-check")
              .daemon(true)
              .start(() -> checkAndRecord(actor, intent));
    } catch (RuntimeException e) {
      checking.set(false);
      throw e;
    }
  }

  private void checkAndRecord(ActorRef actor, UUID intent) {
    try {
      writer.append(
          result()
              .map(
                  result ->
                      new AuditEvent.LogVerified(
                          actor,
                          intent,
                          result.valid() ? CheckEnd.VALID : CheckEnd.NOT_VALID,
                          result.size(),
                          result.records(),
                          result.firstBad().isPresent()
                              ? Optional.of(result.firstBad().getAsLong())
                              : Optional.empty()))
              .orElseGet(
                  () ->
                      new AuditEvent.LogVerified(
                          actor,
                          intent,
                          CheckEnd.NOT_FINISHED,
                          0,
                          checked.get(),
                          Optional.empty())));
    } catch (AuditUnavailableException e) {
      LOG.warnf("The end of a check of the audit log is not on record: %s", e.getMessage());
    } finally {
      checking.set(false);
    }
  }

  /// @return empty if it did not come to its end
  private Optional<SelfCheck.Result> result() {
    try {
      SelfCheck.Result result =
          check.run(
              records -> {
                checked.set(records);
                return !closed;
              });
      if (closed) {
        return Optional.empty();
      }
      failed = !result.valid();
      if (failed) {
        LOG.errorf("The audit log is not what was signed: %s", result.problem());
      }
      return Optional.of(result);
    } catch (RuntimeException e) { // the top of a thread, whose end must be recorded
      LOG.warnf("The audit log could not be checked: %s", e.getMessage());
      return Optional.empty();
    }
  }

  /// Ends a check that runs.
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
