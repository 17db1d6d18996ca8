package dev.docent.compliance.audit;

/// How [AuditReader#export] spells records. Views for people and other systems: only the bundle
/// with its proofs is evidence.
public enum ExportFormat {
  /// One [AuditRecord#json] a line, ended by LF.
  JSON_LINES,
  /// RFC 4180 in UTF-8 with a header, lines ended by CR LF. A cell that a spreadsheet would take
  /// for a formula is preceded by an apostrophe.
  CSV
}
