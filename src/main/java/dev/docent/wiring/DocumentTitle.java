package dev.docent.wiring;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What people call a document: its own title, else its file's name in words.
final class DocumentTitle {
  private static final int LONGEST = 300;

  private static final Pattern EXTENSION = Pattern.compile("(?<=.)\\.[A-Za-z][A-Za-z0-9]{0,8}$");

  // Between digits it is a date's.
  private static final Pattern HYPHEN_FOR_SPACE = Pattern.compile("(?<!\\d)-|-(?!\\d)");

  private DocumentTitle() {}

  static String of(String path, Optional<String> title) {
    return title
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .filter(text -> !text.isEmpty())
        .map(text -> text.substring(0, Math.min(text.length(), LONGEST)))
        .orElseGet(() -> inWords(path.substring(path.lastIndexOf('/') + 1)));
  }

  private static String inWords(String file) {
    String name = EXTENSION.matcher(file).replaceFirst("").replace("%20", " ").strip();
    // A name with spaces has the hyphens that its writer meant.
    String spaced = name.contains(" ") ? name : HYPHEN_FOR_SPACE.matcher(name).replaceAll(" ");
    String words = spaced.replaceAll("[_\\s]+", " ").strip();
    return words.isEmpty()
        ? file
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
