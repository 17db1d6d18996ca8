package dev.docent.model;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Response metadata of a [LocalChatModel]: LangChain4j's, with the timings.
public final class GenerationMetadata extends ChatResponseMetadata {
  private final GenerationTimings timings;

  public GenerationMetadata(
      String modelName, FinishReason finishReason, GenerationTimings timings) {
    super(
        ChatResponseMetadata.builder()
            .modelName(modelName)
            .finishReason(finishReason)
            .tokenUsage(new TokenUsage(timings.promptTokens(), timings.generatedTokens())));
    this.timings = timings;
  }

  public GenerationTimings timings() {
    return timings;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GenerationMetadata that
        && super.equals(other)
        && timings.equals(that.timings);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), timings);
  }

  @Override
  public String toString() {
    return "GenerationMetadata[%s, %s]".formatted(super.toString(), timings);
  }
}
