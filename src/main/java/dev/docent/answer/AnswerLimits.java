package dev.docent.answer;

/// How much a model is given and may give.
///
/// @param passageTokens tokens of passages in a prompt; reading them is what a caller waits for
/// @param followUpTokens likewise of what a follow-up adds to what was read before it; more where
///   the likeliest sentence alone is longer
/// @param answerTokens tokens of an answer
/// @param passages most passages that are searched for and shown
public record AnswerLimits(int passageTokens, int followUpTokens, int answerTokens, int passages) {
  /// At most 900 tokens or so, most often half of that: two cores read 60 to 80 a second with the
  /// smallest model. Of a follow-up some 100 with its question, in two seconds.
  public static final AnswerLimits DEFAULT = new AnswerLimits(640, 72, 256, 5);

  public AnswerLimits {
    if (passageTokens < 1 || followUpTokens < 1 || answerTokens < 1 || passages < 1) {
      throw new IllegalArgumentException("Limits are positive");
    }
  }
}
