package dev.docent.compliance.audit;

/// What an export wrote.
///
/// @param content digest of all bytes written
/// @param complete false if it was cancelled
public record Exported(long records, Sha256 content, boolean complete) {}
