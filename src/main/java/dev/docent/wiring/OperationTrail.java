package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.TextDigest;
import dev.docent.compliance.audit.TextDigester;
import dev.docent.model.ModelIdentity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/// What the service does by itself, on record. Safe for concurrent use.
final class OperationTrail {
  private final AuditWriter writer;
  private final TextDigester installation;

  /// @param installation digests the values of settings
  OperationTrail(AuditWriter writer, TextDigester installation) {
    this.writer = requireNonNull(writer, "writer");
    this.installation = requireNonNull(installation, "installation");
  }

  void serviceStarted(UUID instance, String version) {
    writer.append(new AuditEvent.ServiceStarted(ActorRef.SYSTEM, instance, version));
  }

  void serviceStopped(UUID instance) {
    writer.append(new AuditEvent.ServiceStopped(ActorRef.SYSTEM, instance));
  }

  /// Records every setting whose value is not the one that the log has of it: all that are set at
  /// the first start, what was changed at a later one.
  ///
  /// @param settings value by name; a value is kept as a keyed digest only
  void settings(AuditReader log, Map<String, String> settings) {
    Map<String, TextDigest> known = SettingsOnRecord.read(log);
    for (String name : new TreeSet<>(settings.keySet())) {
      TextDigest now = installation.digest(requireNonNull(settings.get(name)));
      Optional<TextDigest> before = Optional.ofNullable(known.remove(name));
      if (before.filter(now::equals).isEmpty()) {
        writer.append(
            new AuditEvent.SettingChanged(ActorRef.SYSTEM, name, before, Optional.of(now)));
      }
    }
    known.forEach(
        (name, before) ->
            writer.append(
                new AuditEvent.SettingChanged(
                    ActorRef.SYSTEM, name, Optional.of(before), Optional.empty())));
  }

  void indexReconciled(int removed, int queued) {
    writer.append(new AuditEvent.IndexReconciled(ActorRef.SYSTEM, removed, queued));
  }

  void modelLoaded(ModelIdentity identity, Duration took) {
    Translation.model(identity)
        .ifPresent(
            reference ->
                writer.append(
                    new AuditEvent.ModelLoaded(
                        ActorRef.SYSTEM, reference, identity.bytes(), took.toMillis())));
  }

  void modelUnavailable(String code) {
    writer.append(new AuditEvent.ModelUnavailable(ActorRef.SYSTEM, code));
  }
}
