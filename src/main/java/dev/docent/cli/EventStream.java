package dev.docent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.BiConsumer;

/// Reads server-sent events (WHATWG HTML, 9.2): the event's name and its data, lines joined.
final class EventStream {

  private final BiConsumer<String, String> listener;
  private final StringBuilder data = new StringBuilder();
  private String name = "message";

  EventStream(BiConsumer<String, String> listener) {
    this.listener = listener;
  }

  /// Reads to the end of the stream. An event without the empty line that ends it is dropped.
  void read(BufferedReader reader) throws IOException {
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      accept(line);
    }
  }

  private void accept(String line) {
    if (line.isEmpty()) {
      if (!data.isEmpty()) {
        listener.accept(name, data.toString());
      }
      data.setLength(0);
      name = "message";
      return;
    }
    var colon = line.indexOf(':');
    var field = colon < 0 ? line : line.substring(0, colon);
    var value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "event" -> name = value;
      case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
      default -> {
        // id, retry and comments are of no use here
      }
    }
  }
}
