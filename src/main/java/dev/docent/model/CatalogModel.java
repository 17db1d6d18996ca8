package dev.docent.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A model that Docent knows where to find, and by which digest.
///
/// @param name by which it is shown and chosen
/// @param file name of its file in the cache
/// @param sha256 of the file: what is trusted, whatever source it came from
/// @param licence SPDX identifier
/// @param publisher who released the file
/// @param cores from how many processor cores on it is quick enough to be chosen
/// @param memoryBytes resident memory measured with a full context of 4096 tokens, rounded up
/// @param hub repository of the publisher on the model hub
/// @param boxes packages whose contents, joined in order, are the file
public record CatalogModel(
    String name,
    String file,
    String architecture,
    long bytes,
    String sha256,
    String licence,
    String publisher,
    int cores,
    long memoryBytes,
    String hub,
    List<Box> boxes) {

  public CatalogModel {
    requireNonNull(name, "name");
    requireNonNull(licence, "licence");
    requireNonNull(publisher, "publisher");
    requireNonNull(hub, "hub");
    boxes = List.copyOf(boxes);
    if (!file.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("not a plain file name: " + file);
    }
    if (boxes.stream().mapToLong(Box::bytes).sum() != bytes) {
      throw new IllegalArgumentException(name + ": its boxes do not add up to its size");
    }
    if (!sha256.matches("[0-9a-f]{64}") || architecture.isBlank()) {
      throw new IllegalArgumentException(name + ": " + architecture + " " + sha256);
    }
  }

  public ModelIdentity identity() {
    return new ModelIdentity(name, architecture, sha256, bytes);
  }

  /// A Python package that carries a part of a model as a plain file.
  ///
  /// @param member path of the part within the wheel
  /// @param bytes size of the part
  public record Box(String packageName, String version, String member, long bytes) {
    public Box {
      requireNonNull(member, "member");
      if (!packageName.matches("[A-Za-z0-9][A-Za-z0-9._-]*")
          || !version.matches("[0-9][0-9A-Za-z.+]*")
          || bytes < 1) {
        throw new IllegalArgumentException("box " + packageName + " " + version + " " + bytes);
      }
    }
  }
}
