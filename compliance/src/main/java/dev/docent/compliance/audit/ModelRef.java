package dev.docent.compliance.audit;

/// Which model: its catalogue or file name, and the digest of the file that was loaded.
public record ModelRef(String name, Sha256 file) {}
