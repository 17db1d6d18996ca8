package dev.docent.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.OptionalDouble;

/// A chat model of our own: LangChain4j's streaming port, plus what an honest answer needs to know
/// about it (its token budget, its identity, its certainty).
///
/// Safe for concurrent use: requests are served in order of arrival, one at a time. Whoever builds
/// it closes it; after `close` every request fails with [ModelUnavailableException].
///
/// Callbacks come from one thread of the engine, in order: partial responses, then exactly one of
/// `onCompleteResponse` (its metadata is a [GenerationMetadata]) and `onError` (a
/// [ModelException]). After a cancellation no further callback comes, as LangChain4j's contract has
/// it. A handler must not block for long: the engine waits for it.
public interface LocalChatModel extends StreamingChatModel, AutoCloseable {

  /// Starts generating and returns at once. The handle cancels from the first moment: while the
  /// request waits, while its prompt is read, and while it generates.
  ///
  /// Errors found before the request is queued are thrown, not delivered: [PromptTooLongException],
  /// [InvalidGrammarException], [ModelBusyException] (queue full), [ModelUnavailableException]
  /// (closed).
  StreamingHandle generate(ChatRequest request, StreamingChatResponseHandler handler);

  /// Delivers to `onError` what [#generate] throws, as LangChain4j's callers expect.
  @Override
  default void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    try {
      StreamingHandle _ = generate(request, handler);
    } catch (ModelException e) {
      handler.onError(e);
    }
  }

  /// The probability that the model's one-word reply is "yes" rather than "no": P(yes) / (P(yes) +
  /// P(no)) at the first token. Empty if the engine cannot tell. Blocks, in its turn in the queue.
  /// Throws as [#generate] does, and [ModelBusyException] when its turn does not come.
  OptionalDouble yesProbability(String system, String user);

  /// Tokens of a plain text, without the template's own.
  int countTokens(String text);

  /// Tokens of the whole prompt these messages become, template included.
  int countTokens(List<ChatMessage> messages);

  /// Tokens that prompt and answer may have together.
  int contextTokens();

  /// Requests that wait or run now.
  int pendingRequests();

  ModelIdentity identity();

  @Override
  void close();
}
