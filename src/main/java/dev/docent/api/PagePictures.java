package dev.docent.api;

import java.nio.file.Path;
import java.util.Optional;

/// What makes pictures of the pages of image files, for people to look at. Whatever the file is, a
/// browser gets bytes that were made here, of one type and of bounded size. Safe for concurrent
/// use.
public interface PagePictures extends AutoCloseable {
  /// A JPEG, upright; the positions of the page's words fit it. Empty where none can be made.
  ///
  /// @param page from 0
  Optional<byte[]> of(Path file, int page);

  @Override
  void close();
}
