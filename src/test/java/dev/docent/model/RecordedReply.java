package dev.docent.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Keeps what a model tells its handler.
final class RecordedReply implements StreamingChatResponseHandler {
  final List<String> pieces = new CopyOnWriteArrayList<>();
  final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
  final CountDownLatch begun = new CountDownLatch(1);

  @Override
  public void onPartialResponse(String piece) {
    pieces.add(piece);
    begun.countDown();
  }

  @Override
  public void onCompleteResponse(ChatResponse complete) {
    if (!response.complete(complete)) {
      throw new AssertionError("it has ended before");
    }
  }

  @Override
  public void onError(Throwable error) {
    if (!response.completeExceptionally(error)) {
      throw new AssertionError("it has ended before", error);
    }
  }

  String text() {
    return response.join().aiMessage().text();
  }

  GenerationTimings timings() {
    return ((GenerationMetadata) response.join().metadata()).timings();
  }
}
