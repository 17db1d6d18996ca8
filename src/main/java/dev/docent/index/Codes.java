package dev.docent.index;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Codes, article numbers, versions and references: words of several parts with a digit in them,
/// such as `HR-2024/17` or `v2.3.1`. They are compared whole besides being compared by their parts.
final class Codes {
  private static final Pattern CODE =
      Pattern.compile("(?=[^\\s]*\\d)[\\p{L}\\p{N}]+(?:[-./_:#][\\p{L}\\p{N}]+)+");

  private Codes() {}

  static Set<String> in(String text) {
    Set<String> codes = new LinkedHashSet<>();
    Matcher matcher = CODE.matcher(text);
    while (matcher.find()) {
      codes.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return codes;
  }
}
