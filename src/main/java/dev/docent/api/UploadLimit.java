package dev.docent.api;

/// The largest document that may be brought, in bytes.
public record UploadLimit(long maxBytes) {
  public UploadLimit {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes " + maxBytes);
    }
  }
}
