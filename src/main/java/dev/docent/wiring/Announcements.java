package dev.docent.wiring;

import dev.docent.compliance.seal.SyslogSink;
import dev.docent.compliance.seal.WitnessClient;
import dev.docent.compliance.tree.SignedNote;
import java.util.Optional;

/// Who else is told of each signed state of the log, where the settings name somebody. Safe for
/// concurrent use.
final class Announcements implements AutoCloseable {
  private final Optional<WitnessClient> witness;
  private final Optional<SyslogSink> syslog;

  Announcements(Optional<WitnessClient> witness, Optional<SyslogSink> syslog) {
    this.witness = witness;
    this.syslog = syslog;
  }

  void start() {
    witness.ifPresent(WitnessClient::start);
  }

  void published(SignedNote checkpoint) {
    witness.ifPresent(WitnessClient::wake);
    syslog.ifPresent(sink -> sink.send(checkpoint));
  }

  Optional<WitnessClient.Health> witness() {
    return witness.map(WitnessClient::health);
  }

  /// Why the syslog server was not told of the newest state; empty when it was, and without one.
  Optional<String> syslogProblem() {
    return syslog.flatMap(SyslogSink::problem);
  }

  @Override
  public void close() {
    witness.ifPresent(WitnessClient::close);
    syslog.ifPresent(SyslogSink::close);
  }
}
