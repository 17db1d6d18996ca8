package dev.docent.answer;

import dev.docent.model.LocalChatModel;
import dev.docent.model.ModelBusyException;
import dev.docent.model.ModelException;
import dev.docent.model.ModelIdentity;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A chat model that says what it was told to say, for what real models say only by chance: lies,
/// obedience to a document, silence. Counts four characters as a token.
final class ScriptedChatModel implements LocalChatModel {
  private final String reply;
  private final Optional<ModelException> failure;
  private final boolean endless;
  private final int contextTokens;
  private final long bytes;

  final List<List<ChatMessage>> asked = new ArrayList<>();
  volatile boolean cancelled;

  private ScriptedChatModel(
      String reply,
      Optional<ModelException> failure,
      boolean endless,
      int contextTokens,
      long bytes) {
    this.reply = reply;
    this.failure = failure;
    this.endless = endless;
    this.contextTokens = contextTokens;
    this.bytes = bytes;
  }

  static ScriptedChatModel saying(String reply) {
    return new ScriptedChatModel(reply, Optional.empty(), false, 4096, 0);
  }

  /// Never comes to an end by itself.
  static ScriptedChatModel goingOn() {
    return new ScriptedChatModel("On and on", Optional.empty(), true, 4096, 0);
  }

  static ScriptedChatModel busy() {
    return new ScriptedChatModel(
        "", Optional.of(new ModelBusyException("queue full")), false, 4096, 0);
  }

  static ScriptedChatModel withContext(int tokens) {
    return new ScriptedChatModel("", Optional.empty(), false, tokens, 0);
  }

  /// Whose file has this many bytes.
  static ScriptedChatModel ofBytes(long bytes) {
    return new ScriptedChatModel("", Optional.empty(), false, 4096, bytes);
  }

  @Override
  public StreamingHandle generate(ChatRequest request, StreamingChatResponseHandler handler) {
    asked.add(request.messages());
    failure.ifPresent(
        exception -> {
          throw exception;
        });
    for (String word : reply.splitWithDelimiters(" ", 0)) {
      handler.onPartialResponse(word);
    }
    if (!endless) {
      handler.onCompleteResponse(ChatResponse.builder().aiMessage(AiMessage.from(reply)).build());
    }
    return new StreamingHandle() {
      @Override
      public void cancel() {
        cancelled = true;
      }

      @Override
      public boolean isCancelled() {
        return cancelled;
      }
    };
  }

  /// All that it was given to read, last time.
  String prompt() {
    StringBuilder prompt = new StringBuilder();
    for (ChatMessage message : asked.getLast()) {
      prompt.append(message.type()).append(": ").append(text(message)).append('\n');
    }
    return prompt.toString();
  }

  static String text(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> system.text();
      case UserMessage user -> user.singleText();
      case AiMessage ai -> ai.text();
      default -> throw new IllegalArgumentException(message.type().name());
    };
  }

  @Override
  public OptionalDouble yesProbability(String system, String user) {
    return OptionalDouble.empty();
  }

  @Override
  public int countTokens(String text) {
    return text.length() / 4;
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return messages.stream().mapToInt(message -> text(message).length() / 4).sum();
  }

  @Override
  public int contextTokens() {
    return contextTokens;
  }

  @Override
  public int pendingRequests() {
    return 0;
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("scripted", "none", "", bytes);
  }

  @Override
  public void close() {}
}
