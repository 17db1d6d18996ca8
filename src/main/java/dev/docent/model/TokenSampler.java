package dev.docent.model;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses the next token from the model's logits: greedy at temperature 0, else temperature over
/// the `topK` best, cut to the smallest set of probability `topP`. Frequency and presence penalties
/// are OpenAI's: subtracted from the logits of tokens already generated. Confined to one thread.
final class TokenSampler {
  private static final double DEFAULT_TOP_P = 0.95; // as in llama.cpp
  private static final int DEFAULT_TOP_K = 40; // as in llama.cpp

  private final double temperature;
  private final double topP;
  private final int topK;
  private final double frequencyPenalty;
  private final double presencePenalty;
  private final RandomGenerator random;
  private final Map<Integer, Integer> generated = new HashMap<>();

  TokenSampler(GenerationParameters parameters) {
    this.temperature = orElse(parameters.temperature(), 0);
    this.topP = orElse(parameters.topP(), DEFAULT_TOP_P);
    Integer k = parameters.topK();
    this.topK = k == null ? DEFAULT_TOP_K : k;
    this.frequencyPenalty = orElse(parameters.frequencyPenalty(), 0);
    this.presencePenalty = orElse(parameters.presencePenalty(), 0);
    this.random =
        parameters.seed().isPresent()
            ? new SplittableRandom(parameters.seed().getAsInt())
            : new SplittableRandom();
    if (temperature < 0 || topP <= 0 || topP > 1 || topK < 1) {
      throw new IllegalArgumentException(
          "temperature %s, topP %s, topK %d".formatted(temperature, topP, topK));
    }
  }

  private static double orElse(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }

  /// Index of the chosen token. Logits of minus infinity are never chosen while another is finite.
  /// Penalties are applied in place.
  int sample(float[] logits) {
    generated.forEach(
        (token, times) -> logits[token] -= (float) (frequencyPenalty * times + presencePenalty));
    int token = temperature == 0 ? best(logits) : draw(logits);
    generated.merge(token, 1, Integer::sum);
    return token;
  }

  static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  private int draw(float[] logits) {
    int[] candidates = bestOf(logits);
    double[] weights = new double[candidates.length];
    double total = 0;
    for (int i = 0; i < candidates.length; i++) {
      weights[i] = Math.exp((logits[candidates[i]] - logits[candidates[0]]) / temperature);
      total += weights[i];
    }
    int kept = 0;
    double mass = 0;
    while (kept < candidates.length && mass < topP * total) {
      mass += weights[kept++];
    }
    double at = random.nextDouble() * mass;
    for (int i = 0; i < kept; i++) {
      at -= weights[i];
      if (at < 0) {
        return candidates[i];
      }
    }
    return candidates[0];
  }

  /// The `topK` tokens of the highest logits, best first.
  private int[] bestOf(float[] logits) {
    var worstFirst =
        new PriorityQueue<Integer>(
            (a, b) -> {
              int order = Float.compare(logits[a], logits[b]);
              return order != 0 ? order : Integer.compare(b, a);
            });
    for (int i = 0; i < logits.length; i++) {
      if (worstFirst.size() < topK) {
        worstFirst.add(i);
      } else if (logits[i] > logits[worstFirst.element()]) {
        worstFirst.remove();
        worstFirst.add(i);
      }
    }
    int[] tokens = new int[worstFirst.size()];
    for (int i = tokens.length - 1; i >= 0; i--) {
      tokens[i] = worstFirst.remove();
    }
    return tokens;
  }
}
