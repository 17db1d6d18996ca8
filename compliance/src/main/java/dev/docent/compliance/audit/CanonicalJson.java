package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON with exactly one spelling: RFC 8785 (JCS) over a smaller set of values, so that equal
/// records are equal bytes.
///
/// | value | Java type | spelling |
/// | --- | --- | --- |
/// | object | `Map<String, ?>` | keys ASCII, ascending, no two equal |
/// | array | `List<?>` | |
/// | string | `String` | UTF-8, no lone surrogates; escaped: `"`, `\`, U+0000 to U+001F |
/// | integer | `Long`, `Integer` | decimal, within ±(2^53 - 1), no `-0`, no fraction, no exponent |
/// | boolean | `Boolean` | |
///
/// There is no `null`: what is absent is left out. Between tokens there is no white space.
public final class CanonicalJson {
  // Where IEEE 754 doubles, and so other people's JSON parsers, stop telling integers apart.
  private static final long MAX_INTEGER = (1L << 53) - 1;
  private static final int MAX_DEPTH = 16;

  private CanonicalJson() {}

  /// The one spelling of a value.
  ///
  /// @throws IllegalArgumentException for a value outside the table above
  public static byte[] write(Object value) {
    StringBuilder out = new StringBuilder(512);
    write(value, out, 0);
    return out.toString().getBytes(UTF_8);
  }

  /// Reads exactly what [#write] writes: any other spelling is refused.
  ///
  /// @return objects as maps in key order, integers as `Long`
  /// @throws IllegalArgumentException naming the offset of the first character that is wrong
  public static Object read(byte[] bytes) {
    String text;
    try {
      text =
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
    Reader reader = new Reader(text);
    Object value = reader.value(0);
    reader.end();
    return value;
  }

  /// [#read], where the value must be an object.
  @SuppressWarnings("unchecked") // Reader makes maps of String keys only
  public static Map<String, Object> readObject(byte[] bytes) {
    if (read(bytes) instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw new IllegalArgumentException("not an object");
  }

  private static void write(@Nullable Object value, StringBuilder out, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
    }
    switch (value) {
      case null -> throw new IllegalArgumentException("what is absent is left out");
      case String string -> writeString(string, out);
      case Integer integer -> out.append((int) integer);
      case Long integer -> writeInteger(integer, out);
      case Boolean flag -> out.append((boolean) flag);
      case List<?> list -> {
        out.append('[');
        String separator = "";
        for (Object item : list) {
          out.append(separator);
          write(item, out, depth + 1);
          separator = ",";
        }
        out.append(']');
      }
      case Map<?, ?> map -> writeObject(map, out, depth);
      default ->
          throw new IllegalArgumentException("no canonical form of " + value.getClass().getName());
    }
  }

  private static void writeObject(Map<?, ?> map, StringBuilder out, int depth) {
    // String's order is the order of UTF-16 units that RFC 8785, 3.2.3 asks for.
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      if (!entry.getKey().chars().allMatch(c -> c < 128)) {
        throw new IllegalArgumentException("keys are ASCII");
      }
      out.append(separator);
      writeString(entry.getKey(), out);
      out.append(':');
      write(entry.getValue(), out, depth + 1);
      separator = ",";
    }
    out.append('}');
  }

  private static void writeInteger(long integer, StringBuilder out) {
    if (integer > MAX_INTEGER || integer < -MAX_INTEGER) {
      throw new IllegalArgumentException("integers lie within 2^53 - 1");
    }
    out.append(integer);
  }

  private static void writeString(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char unit = string.charAt(i);
      switch (unit) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (unit < 0x20) {
            out.append(String.format("\\u%04x", (int) unit));
          } else if (Character.isSurrogate(unit)) {
            i = writePair(string, i, out);
          } else {
            out.append(unit);
          }
        }
      }
    }
    out.append('"');
  }

  private static int writePair(String string, int high, StringBuilder out) {
    if (high + 1 == string.length()
        || !Character.isSurrogatePair(string.charAt(high), string.charAt(high + 1))) {
      throw new IllegalArgumentException("lone surrogate");
    }
    out.append(string, high, high + 2);
    return high + 1;
  }

  /// A parser of the canonical spelling only, so it needs no tolerance: what it accepts, [#write]
  /// would write again.
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Object value(int depth) {
      if (depth > MAX_DEPTH) {
        throw wrong("nested deeper than " + MAX_DEPTH);
      }
      return switch (peek()) {
        case '{' -> object(depth);
        case '[' -> array(depth);
        case '"' -> string();
        case 't' -> word("true", true);
        case 'f' -> word("false", false);
        default -> integer();
      };
    }

    void end() {
      if (at != text.length()) {
        throw wrong("something follows the value");
      }
    }

    private Map<String, Object> object(int depth) {
      Map<String, Object> object = new LinkedHashMap<>();
      at++;
      if (peek() == '}') {
        at++;
        return object;
      }
      String last = "";
      while (true) {
        int start = at;
        String key = string();
        if (!key.chars().allMatch(c -> c < 128)
            || (!object.isEmpty() && key.compareTo(last) <= 0)) {
          at = start;
          throw wrong("keys are ASCII, ascending and distinct");
        }
        expect(':');
        object.put(key, value(depth + 1));
        last = key;
        if (peek() == '}') {
          at++;
          return object;
        }
        expect(',');
      }
    }

    private List<Object> array(int depth) {
      List<Object> array = new ArrayList<>();
      at++;
      if (peek() == ']') {
        at++;
        return array;
      }
      while (true) {
        array.add(value(depth + 1));
        if (peek() == ']') {
          at++;
          return array;
        }
        expect(',');
      }
    }

    private String string() {
      int start = at;
      expect('"');
      StringBuilder string = new StringBuilder();
      while (peek() != '"') {
        char unit = text.charAt(at++);
        string.append(unit == '\\' ? escaped() : unit);
      }
      at++;
      StringBuilder spelled = new StringBuilder();
      writeString(string.toString(), spelled);
      if (!text.startsWith(spelled.toString(), start)) {
        at = start;
        throw wrong("not the canonical spelling of the string");
      }
      return string.toString();
    }

    private char escaped() {
      char kind = peek();
      at++;
      return switch (kind) {
        case '"', '\\' -> kind;
        case 'b' -> '\b';
        case 't' -> '\t';
        case 'n' -> '\n';
        case 'f' -> '\f';
        case 'r' -> '\r';
        case 'u' -> {
          if (at + 4 > text.length()) {
            throw wrong("cut off");
          }
          at += 4;
          try {
            yield (char) Integer.parseInt(text, at - 4, at, 16);
          } catch (NumberFormatException e) {
            throw wrong("not a hexadecimal escape");
          }
        }
        default -> throw wrong("not an escape");
      };
    }

    private Long integer() {
      int start = at;
      if (peek() == '-') {
        at++;
      }
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      String digits = text.substring(start, at);
      try {
        long integer = Long.parseLong(digits);
        if (Long.toString(integer).equals(digits) && Math.abs(integer) <= MAX_INTEGER) {
          return integer;
        }
      } catch (NumberFormatException e) {
        // no digits, or far too many: falls through to the same complaint
      }
      at = start;
      throw wrong("not an integer in canonical form");
    }

    private Boolean word(String word, boolean value) {
      if (!text.startsWith(word, at)) {
        throw wrong("not a value");
      }
      at += word.length();
      return value;
    }

    private char peek() {
      if (at >= text.length()) {
        throw wrong("cut off");
      }
      return text.charAt(at);
    }

    private void expect(char wanted) {
      if (peek() != wanted) {
        throw wrong("'" + wanted + "' expected");
      }
      at++;
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(what + " (character " + at + ")");
    }
  }
}
