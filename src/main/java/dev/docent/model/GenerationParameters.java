package dev.docent.model;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Request parameters of a [LocalChatModel]: LangChain4j's, with a seed and a grammar (GBNF, root
/// rule `root`). Without a temperature, or at 0, decoding is greedy.
public final class GenerationParameters extends DefaultChatRequestParameters {
  private final @Nullable Integer seed;
  private final @Nullable String grammar;

  private GenerationParameters(Builder builder) {
    super(builder);
    this.seed = builder.seed;
    this.grammar = builder.grammar;
  }

  public static Builder builder() {
    return new Builder();
  }

  /// The parameters of a request as this package's, whatever their type.
  static GenerationParameters of(ChatRequestParameters parameters) {
    return parameters instanceof GenerationParameters ours
        ? ours
        : builder().overrideWith(parameters).build();
  }

  public OptionalInt seed() {
    return seed == null ? OptionalInt.empty() : OptionalInt.of(seed);
  }

  public Optional<String> grammar() {
    return Optional.ofNullable(grammar);
  }

  @Override
  public GenerationParameters overrideWith(ChatRequestParameters that) {
    return builder().overrideWith(this).overrideWith(that).build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GenerationParameters that
        && super.equals(other)
        && Objects.equals(seed, that.seed)
        && Objects.equals(grammar, that.grammar);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), seed, grammar);
  }

  /// Builds [GenerationParameters].
  public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {
    private @Nullable Integer seed;
    private @Nullable String grammar;

    public Builder seed(int seed) {
      this.seed = seed;
      return this;
    }

    public Builder grammar(String grammar) {
      this.grammar = grammar;
      return this;
    }

    @Override
    public Builder overrideWith(ChatRequestParameters parameters) {
      super.overrideWith(parameters);
      if (parameters instanceof GenerationParameters that) {
        this.seed = that.seed != null ? that.seed : seed;
        this.grammar = that.grammar != null ? that.grammar : grammar;
      }
      return this;
    }

    @Override
    public GenerationParameters build() {
      return new GenerationParameters(this);
    }
  }
}
