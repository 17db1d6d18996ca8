package dev.docent.access;

/// What an account may do besides asking. No role opens a document: only groups do.
public enum Role {
  /// Asks, and reads what its groups may read.
  EMPLOYEE,
  /// Reads and exports the record of what was asked and shown.
  COMPLIANCE_OFFICER,
  /// Manages accounts, groups, collections and documents.
  ADMINISTRATOR
}
