package dev.docent.model;

import dev.docent.model.LlamaEngine.Turn;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Messages as the tokens of a prompt.
///
/// llama.cpp renders the model's template around placeholders; the template's text is tokenised
/// with its control markers, the messages' text without. So a passage that contains `<|im_end|>` or
/// `<|start_header_id|>` stays text and cannot end its turn or begin another.
final class PromptTokens {
  // U+0001 occurs in no template, and templates trim white space only.
  private static final Pattern PLACEHOLDER = Pattern.compile("\u0001(\\d+)\u0001");

  private PromptTokens() {}

  static int[] of(LlamaEngine engine, List<ChatMessage> messages) {
    List<Turn> turns = messages.stream().map(PromptTokens::turn).toList();
    List<int[]> parts = new ArrayList<>();
    parts.add(engine.beginning());
    String frame = frame(engine, turns);
    Matcher placeholder = PLACEHOLDER.matcher(frame);
    int end = 0;
    while (placeholder.find()) {
      parts.add(engine.tokenize(frame.substring(end, placeholder.start()), true));
      String content = turns.get(Integer.parseInt(placeholder.group(1))).content();
      parts.add(engine.tokenize(content, false));
      end = placeholder.end();
    }
    parts.add(engine.tokenize(frame.substring(end), true));
    return parts.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /// The prompt as text, for comparison with the publisher's own rendering.
  static String text(LlamaEngine engine, List<ChatMessage> messages) {
    List<Turn> turns = messages.stream().map(PromptTokens::turn).toList();
    return PLACEHOLDER
        .matcher(frame(engine, turns))
        .replaceAll(
            at -> Matcher.quoteReplacement(turns.get(Integer.parseInt(at.group(1))).content()));
  }

  private static String frame(LlamaEngine engine, List<Turn> turns) {
    return engine.render(
        IntStream.range(0, turns.size())
            .mapToObj(i -> new Turn(turns.get(i).role(), "\u0001" + i + "\u0001"))
            .toList());
  }

  private static Turn turn(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> new Turn("system", system.text().strip());
      case UserMessage user when user.hasSingleText() ->
          new Turn("user", user.singleText().strip());
      case AiMessage assistant when assistant.text() != null ->
          new Turn("assistant", assistant.text().strip());
      default ->
          throw new IllegalArgumentException(
              "only messages of one text are supported, not a " + message.type());
    };
  }
}
