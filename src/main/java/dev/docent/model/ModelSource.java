package dev.docent.model;

import java.io.IOException;
import java.nio.file.Path;

/// One place to fetch a model from: [HubSource] or [BoxSource].
sealed interface ModelSource permits HubSource, BoxSource {
  /// In words, for messages.
  String name();

  /// Completes a file that may hold the beginning of the model already. What it holds afterwards is
  /// a beginning of the model again, also after an exception, but unverified.
  void fetch(Path part, ModelProgress progress)
      throws IOException, InterruptedException, Unavailable;

  /// This source does not have the model, or cannot be reached; another may.
  final class Unavailable extends Exception {
    Unavailable(String message) {
      super(message);
    }

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
