package dev.docent.library;

import java.sql.Connection;
import java.sql.SQLException;

/// Writes the audit record of a change into the transaction that makes the change. Safe for
/// concurrent use.
@FunctionalInterface
public interface ChangeRecorder {
  /// Both are committed or neither.
  void record(Connection connection, Change change) throws SQLException;
}
