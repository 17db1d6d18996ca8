package dev.docent.compliance.seal;

/// The tree in the database is not the one that was signed. Trying again does not help: somebody
/// changed it, or the storage lost a part of it.
public final class TreeDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TreeDamagedException(String message) {
    super(message);
  }
}
