package dev.docent.index;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/// The words in the name of a document, cut so that a question's spelling meets the file's: "Best
/// Buy's 10-K of 2023" shares `bestbuy`, `10k` and `2023` with `BESTBUY_2023_10K.pdf`.
final class Names {
  // Runs of letters or of digits; a capital after a small letter begins a new one.
  private static final Pattern PIECE =
      Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{L}\\p{Ll}*|\\p{Lo}+|\\p{N}+");

  // A possessive's s is no part of a name.
  private static final Pattern POSSESSIVE = Pattern.compile("['\u2019]s\\b");

  // Longest run of pieces that is also taken as one word.
  private static final int LONGEST_COMPOUND = 3;

  private Names() {}

  /// The name of a file, without its folders and its extension.
  static String ofFile(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int extension = file.lastIndexOf('.');
    return extension > 0 ? file.substring(0, extension) : file;
  }

  /// The words of a name, each once, in order.
  static Set<String> words(String name) {
    return pieces(name).stream()
        .filter(Names::carriesMeaning)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// Each term once, in order: pieces and compounds of adjoining pieces.
  static Set<String> terms(String text) {
    List<String> pieces = pieces(text);
    Set<String> terms = new LinkedHashSet<>();
    for (int from = 0; from < pieces.size(); from++) {
      StringBuilder compound = new StringBuilder();
      for (int to = from; to < Math.min(pieces.size(), from + LONGEST_COMPOUND); to++) {
        compound.append(pieces.get(to));
        if (to > from || carriesMeaning(pieces.get(to))) {
          terms.add(compound.toString());
        }
      }
    }
    return terms;
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    Matcher matcher = PIECE.matcher(POSSESSIVE.matcher(text).replaceAll(""));
    while (matcher.find()) {
      pieces.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return pieces;
  }

  private static boolean carriesMeaning(String piece) {
    return (piece.length() > 1 || Character.isDigit(piece.charAt(0)))
        && !EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(piece);
  }
}
