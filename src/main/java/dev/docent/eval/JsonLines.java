package dev.docent.eval;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads files of one JSON object a line. Blank lines are skipped, fields that nobody asks for are
/// ignored.
final class JsonLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLines() {}

  /// Every line made into something, in order.
  ///
  /// @throws BadSetException naming the first line that is not as it should be
  static <T> List<T> read(Path file, Function<Line, T> form) {
    List<T> read = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        // a byte order mark is white space to nobody
        String json = number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (!json.isBlank()) {
          read.add(form.apply(new Line(file, number, object(file, number, json))));
        }
      }
    } catch (CharacterCodingException e) {
      throw new BadSetException(file, "is not text in UTF-8");
    } catch (IOException e) {
      throw new BadSetException(file, "cannot be read (" + e + ")");
    }
    return read;
  }

  /// A file that is one object.
  ///
  /// @throws BadSetException when it is none
  static Line whole(Path file) {
    try {
      return new Line(file, 1, object(file, 1, Files.readString(file)));
    } catch (IOException e) {
      throw new BadSetException(file, "cannot be read (" + e + ")");
    }
  }

  private static JsonNode object(Path file, int number, String json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw new BadSetException(file, number, "no JSON: " + e.getOriginalMessage());
    }
    throw new BadSetException(file, number, "no JSON object");
  }

  /// One line's object. Where a field has several names, the first that is there counts.
  record Line(Path file, int number, JsonNode json) {

    /// The text of a field.
    ///
    /// @throws BadSetException when it is not there, or neither text nor a number
    String text(String... names) {
      return optionalText(names)
          .orElseThrow(() -> bad("there is no \"" + String.join("\" or \"", names) + "\""));
    }

    /// Likewise; empty when it is not there.
    Optional<String> optionalText(String... names) {
      return field(names)
          .map(
              value -> {
                if (!value.isTextual() && !value.isNumber()) {
                  throw bad("\"" + names[0] + "\" is neither text nor a number");
                }
                return value.asText();
              });
    }

    /// A question, which has words.
    String question(String... names) {
      String question = text(names);
      if (question.isBlank()) {
        throw bad("the question is empty");
      }
      return question;
    }

    /// A list of texts, or a single one; empty when it is not there.
    List<String> texts(String name) {
      Optional<JsonNode> value = field(name);
      if (value.isEmpty()) {
        return List.of();
      }
      if (value.get().isTextual()) {
        return List.of(value.get().asText());
      }
      List<String> texts = new ArrayList<>();
      for (JsonNode element : value.get()) {
        if (!element.isTextual()) {
          throw bad("\"" + name + "\" is not a list of texts");
        }
        texts.add(element.asText());
      }
      return texts;
    }

    Optional<Boolean> optionalBoolean(String... names) {
      return field(names)
          .map(
              value -> {
                if (!value.isBoolean()) {
                  throw bad("\"" + names[0] + "\" is neither true nor false");
                }
                return value.booleanValue();
              });
    }

    /// The objects of a list; none when it is not there.
    List<Line> objects(String name) {
      Optional<JsonNode> value = field(name);
      if (value.isEmpty()) {
        return List.of();
      }
      List<Line> objects = new ArrayList<>();
      for (JsonNode element : value.get()) {
        if (!element.isObject()) {
          throw bad("\"" + name + "\" is not a list of objects");
        }
        objects.add(new Line(file, number, element));
      }
      return objects;
    }

    /// A page, counted from 0; empty when it is not there.
    Optional<Integer> optionalPage(String name) {
      return field(name)
          .map(
              value -> {
                if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 0) {
                  throw bad("\"" + name + "\" is not a page, counted from 0");
                }
                return value.intValue();
              });
    }

    BadSetException bad(String what) {
      return new BadSetException(file, number, what);
    }

    private Optional<JsonNode> field(String... names) {
      for (String name : names) {
        JsonNode value = json.get(name);
        if (value != null && !value.isNull()) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }
  }
}
