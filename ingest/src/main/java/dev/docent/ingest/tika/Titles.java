package dev.docent.ingest.tika;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a document says that it is: in its properties, or at its beginning. In doubt it says
/// nothing, because its file's name then tells more than a heading that all documents of a
/// publisher begin with.
final class Titles {
  /// What programs and scanners write that know no title, and names of files.
  private static final Pattern NOT_WRITTEN_AS_TITLE =
      Pattern.compile(
          "untitled.*|unbenannt.*|ohne titel.*|sans titre.*|sin t[ií]tulo.*|title"
              + "|scan|scan[ _-]?\\d.*|scanned .*|camscanner.*|full page fax.*"
              + "|(?:img|image|dsc)[ _-]?\\d*|(?:new )?microsoft \\w+ (?:- .*|document|worksheet)"
              + "|(?:microsoft )?powerpoint[ -]pr[äeé]sent\\p{L}+"
              + "|(?:documento?|dokument|pr[äeé]sent\\p{L}+|book|mappe|classeur|libro|layout|print)"
              + "[ _-]?\\d*"
              + "|\\S*_\\S*|(?:file|https?):\\S*|[a-z]:\\\\.*|\\p{XDigit}{8,}(?:-\\p{XDigit}+)*"
              + "|.*\\.(?:docx?|docm|dotx?|rtf|od[tsp]|pages|numbers|key|pdf|indd|qxd|pub|pptx?|xlsx?"
              + "|csv|txt|md|html?|tex|dvi|e?ps|ai|cdr|dwg|vsdx?|wpd|tiff?|jpe?g|png|tmp)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /// A part of a document, or of what it is attached to, by its number; a list of the parts.
  private static final Pattern PART =
      Pattern.compile(
          "(?:exhibit|appendix|annexe?|anexo|anlage|anhang|schedule|attachment|enclosure|slide"
              + "|folie|diapositiv[ae]|page|seite|p[aá]gina|sheet|tabelle|feuil|hoja)"
              + "[ .#-]*(?:no[. ]+|nr[. ]+)?(?:[ivxlc]+|[a-z])?[\\d.()-]*[a-z]?"
              // the name that spreadsheets give a sheet, in any language
              + "|\\p{L}+\\d{1,2}"
              + "|(?:table of )?contents|inhalt(?:sverzeichnis)?|table des mati[eè]res|sommaire"
              + "|[ií]ndice|contenido",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /// The name of a firm, by its legal form.
  private static final Pattern FIRM =
      Pattern.compile(
          ".*[ ,](?:inc|incorporated|corp|corporation|company|co|ltd|limited|llc|l\\.?l\\.?p|l\\.p|plc"
              + "|gmbh|ag|se|kg|e\\. ?v|s\\.?a|s\\.?l|s\\.?a\\.?r\\.?l|n\\.v|b\\.v)\\.?",
          Pattern.CASE_INSENSITIVE);

  private static final int SHORTEST = 4;
  private static final int LONGEST = 200;
  private static final int SHORTEST_PROSE = 80;
  private static final double CAPITALS = 0.8;
  private static final double SMALL = 0.4;

  /// Sizes nearer to each other are the same, drawn by different programs.
  private static final float SAME_SIZE = 0.5f;

  /// A stretch of a document's beginning.
  ///
  /// @param size of its type; equal for all where the format has none
  record Part(String text, boolean heading, float size) {}

  private Titles() {}

  /// A title from the properties, unless a program put its own words there.
  static Optional<String> ofProperty(String property) {
    String clean = Characters.visible(property).replaceAll("\\s+", " ").strip();
    boolean telling =
        clean.length() <= LONGEST && says(clean) && !NOT_WRITTEN_AS_TITLE.matcher(clean).matches();
    return telling ? Optional.of(clean) : Optional.empty();
  }

  /// The first of the largest headings. One in capitals is the title only where the text begins
  /// under it: over further lines it names who issued the document, or the series it belongs to.
  /// Where nothing is larger than the text, the line in capitals over it is the heading.
  static Optional<String> ofBeginning(List<Part> parts) {
    List<Part> headings =
        parts.stream().filter(part -> part.heading() && isTitle(part.text())).toList();
    float largest = (float) headings.stream().mapToDouble(Part::size).max().orElse(0);
    List<Part> first = headings.stream().filter(part -> part.size() > largest - SAME_SIZE).toList();
    if (!first.isEmpty() && !inCapitals(first.getFirst().text())) {
      return Optional.of(first.getFirst().text());
    }
    return overText(parts)
        .filter(part -> first.contains(part) || first.isEmpty() && inCapitals(part.text()))
        .map(Part::text)
        .filter(Titles::isTitle);
  }

  private static Optional<Part> overText(List<Part> parts) {
    return IntStream.range(1, parts.size())
        .filter(i -> !parts.get(i).heading() && isProse(parts.get(i).text()))
        .mapToObj(i -> parts.get(i - 1))
        .findFirst();
  }

  private static boolean isTitle(String text) {
    return text.length() <= LONGEST
        && says(text)
        && !text.endsWith(":")
        && !FIRM.matcher(text).matches();
  }

  private static boolean says(String text) {
    return text.length() >= SHORTEST
        && text.codePoints().anyMatch(Character::isLetter)
        && !PART.matcher(text).matches();
  }

  private static boolean inCapitals(String text) {
    long capitals = text.codePoints().filter(Character::isUpperCase).count();
    long small = text.codePoints().filter(Character::isLowerCase).count();
    return capitals > 0 && capitals >= CAPITALS * (capitals + small);
  }

  /// Sentences, and not the short lines or capitals of a form or a cover.
  private static boolean isProse(String text) {
    List<String> words =
        Pattern.compile("[^\\p{L}]+").splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    long small = words.stream().filter(word -> Character.isLowerCase(word.codePointAt(0))).count();
    return text.length() >= SHORTEST_PROSE && small >= SMALL * words.size();
  }
}
