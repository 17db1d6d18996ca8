package dev.docent.answer;

import dev.docent.model.GenerationMetadata;
import dev.docent.model.GenerationParameters;
import dev.docent.model.LocalChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One run of a model over one prompt: passes its words on as they come, and stops it when the
/// caller is gone or it only repeats itself. For one use.
final class Composer implements StreamingChatResponseHandler {
  // A small model that has nothing more to say says the same again.
  private static final int REPEATED_CHARACTERS = 60;
  private static final int REPETITIONS = 3;

  private final Consumer<String> onToken;
  private final LongSupplier clock;
  private final CountDownLatch ended = new CountDownLatch(1);

  // Written by the engine's thread before `ended` is counted down, read behind it.
  private final StringBuilder text = new StringBuilder();
  private long firstTokenMillis = -1;
  private int promptTokens = -1;
  private int cachedTokens = -1;
  private int generatedTokens = -1;
  private @Nullable RuntimeException failure;

  private volatile boolean looping;
  private volatile @Nullable StreamingHandle handle;

  /// @param clock milliseconds since the question came in
  private Composer(Consumer<String> onToken, LongSupplier clock) {
    this.onToken = onToken;
    this.clock = clock;
  }

  /// Blocks until the model has ended or was stopped.
  ///
  /// @throws dev.docent.model.ModelException when the model cannot answer
  /// @throws AnswerCancelledException when the caller is gone
  static Draft compose(
      LocalChatModel model,
      Prompt prompt,
      AnswerLimits limits,
      Cancellation cancellation,
      Consumer<String> onToken,
      LongSupplier clock) {
    Composer composer = new Composer(onToken, clock);
    ChatRequest request =
        ChatRequest.builder()
            .messages(prompt.messages())
            .parameters(
                GenerationParameters.builder()
                    .temperature(0.0)
                    .maxOutputTokens(limits.answerTokens())
                    .build())
            .build();
    StreamingHandle handle = model.generate(request, composer);
    composer.handle = handle;
    cancellation.onCancel(
        () -> {
          handle.cancel();
          composer.ended.countDown();
        });
    if (composer.looping) {
      handle.cancel();
    }
    return composer.await(handle, cancellation);
  }

  private Draft await(StreamingHandle running, Cancellation cancellation) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      running.cancel();
      Thread.currentThread().interrupt();
      throw new AnswerCancelledException();
    }
    if (cancellation.isCancelled()) {
      throw new AnswerCancelledException();
    }
    if (failure != null) {
      throw failure;
    }
    return new Draft(
        text.toString(), firstTokenMillis, promptTokens, cachedTokens, generatedTokens);
  }

  @Override
  public void onPartialResponse(String piece) {
    if (ended.getCount() == 0) {
      return;
    }
    if (firstTokenMillis < 0) {
      firstTokenMillis = clock.getAsLong();
    }
    text.append(piece);
    try {
      onToken.accept(piece);
    } catch (RuntimeException e) {
      failure = e;
      stop();
      return;
    }
    if (repeatsItself(text)) {
      looping = true;
      stop();
    }
  }

  private void stop() {
    StreamingHandle running = handle;
    if (running != null) {
      running.cancel();
    }
    ended.countDown();
  }

  private static boolean repeatsItself(CharSequence text) {
    int length = text.length();
    if (length < REPEATED_CHARACTERS * REPETITIONS) {
      return false;
    }
    String all = text.toString();
    String tail = all.substring(length - REPEATED_CHARACTERS);
    int found = 0;
    for (int at = all.indexOf(tail); at >= 0; at = all.indexOf(tail, at + 1)) {
      found++;
    }
    return found >= REPETITIONS;
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    if (response.metadata() instanceof GenerationMetadata metadata) {
      promptTokens = metadata.timings().promptTokens();
      cachedTokens = metadata.timings().cachedTokens();
      generatedTokens = metadata.timings().generatedTokens();
    }
    ended.countDown();
  }

  @Override
  public void onError(Throwable error) {
    failure =
        error instanceof RuntimeException unchecked
            ? unchecked
            : new IllegalStateException("The model failed", error);
    ended.countDown();
  }
}
