package dev.docent.compliance.audit;

/// Watches an export and may end it.
@FunctionalInterface
public interface ExportProgress {
  /// @param records written so far
  /// @return false to cancel
  boolean proceed(long records);
}
