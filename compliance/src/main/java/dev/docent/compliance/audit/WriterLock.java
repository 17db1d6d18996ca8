package dev.docent.compliance.audit;

import java.util.UUID;

/// The session-level advisory lock by which the connection of a living writer is recognised.
final class WriterLock {
  private WriterLock() {}

  /// 62 random bits of the writer's id: its lower half without the variant.
  static long keyOf(UUID writer) {
    return writer.getLeastSignificantBits();
  }
}
