package dev.docent.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Writes whole models of a few hundred kilobytes that the engine runs: some layers of random
/// weights over a vocabulary of bytes. What they say means nothing; that they are read, prompted,
/// sampled and kept in the cache as their architecture asks is what they are for.
final class TinyModel {
  private static final int WIDTH = 32;
  private static final int HEADS = 2;
  private static final int HEAD = WIDTH / HEADS;
  private static final int INNER = 64;

  /// The sixth of gemma3 is the first that sees everything; the engine asks for one such.
  private static final int LAYERS = 6;

  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  private final String architecture;
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> kinds = new ArrayList<>();
  private final GgufFile file = new GgufFile();
  private final Random random = new Random(7);

  private TinyModel(String architecture) {
    this.architecture = architecture;
  }

  /// @param architecture `llama` or `gemma3`
  static Path in(Path folder, String architecture) {
    TinyModel model = new TinyModel(architecture);
    return GgufFile.write(folder.resolve("tiny-" + architecture + ".gguf"), model.bytes());
  }

  private byte[] bytes() {
    boolean gemma = architecture.equals("gemma3");
    file.text("general.architecture", architecture).text("general.name", "Tiny " + architecture);
    number("context_length", 512);
    number("embedding_length", WIDTH);
    number("block_count", LAYERS);
    number("feed_forward_length", INNER);
    number("attention.head_count", HEADS);
    number("attention.head_count_kv", 1);
    number("attention.key_length", HEAD);
    number("attention.value_length", HEAD);
    file.real(architecture + ".attention.layer_norm_rms_epsilon", 1e-6f);
    file.real(architecture + ".rope.freq_base", 10_000);
    if (gemma) {
      // A prompt of some hundred tokens is longer than that.
      number("attention.sliding_window", 32);
    } else {
      number("rope.dimension_count", HEAD);
    }
    vocabulary(gemma);
    weights(gemma);
    return file.bytes();
  }

  private void number(String key, int value) {
    file.number(architecture + "." + key, value);
  }

  private void vocabulary(boolean gemma) {
    token("<unk>", UNKNOWN);
    token("<s>", CONTROL);
    token(gemma ? "<end_of_turn>" : "<|im_end|>", CONTROL);
    token(gemma ? "<start_of_turn>" : "<|im_start|>", CONTROL);
    IntStream.range(0, 256).forEach(value -> token("<0x%02X>".formatted(value), BYTE));
    token("\u2581", NORMAL);
    file.text("tokenizer.ggml.model", "llama")
        .text("tokenizer.ggml.pre", "default")
        .texts("tokenizer.ggml.tokens", tokens)
        .arrayOf(GgufFile.REAL, "tokenizer.ggml.scores", new int[tokens.size()])
        .arrayOf(
            GgufFile.I32,
            "tokenizer.ggml.token_type",
            kinds.stream().mapToInt(Integer::intValue).toArray())
        .number("tokenizer.ggml.unknown_token_id", 0)
        .number("tokenizer.ggml.bos_token_id", 1)
        .number("tokenizer.ggml.eos_token_id", 2)
        .text(
            "tokenizer.chat_template",
            gemma
                ? "{{ '<start_of_turn>' + role + content + '<end_of_turn>' }}"
                : "{{ '<|im_start|>' + role + content + '<|im_end|>' }}");
  }

  private void token(String text, int kind) {
    tokens.add(text);
    kinds.add(kind);
  }

  private void weights(boolean gemma) {
    matrix("token_embd", WIDTH, tokens.size());
    norm("output_norm", WIDTH);
    for (int layer = 0; layer < LAYERS; layer++) {
      String block = "blk." + layer + ".";
      norm(block + "attn_norm", WIDTH);
      matrix(block + "attn_q", WIDTH, WIDTH);
      matrix(block + "attn_k", WIDTH, HEAD);
      matrix(block + "attn_v", WIDTH, HEAD);
      matrix(block + "attn_output", WIDTH, WIDTH);
      norm(block + "ffn_norm", WIDTH);
      matrix(block + "ffn_gate", WIDTH, INNER);
      matrix(block + "ffn_up", WIDTH, INNER);
      matrix(block + "ffn_down", INNER, WIDTH);
      if (gemma) {
        norm(block + "attn_q_norm", HEAD);
        norm(block + "attn_k_norm", HEAD);
        norm(block + "post_attention_norm", WIDTH);
        norm(block + "post_ffw_norm", WIDTH);
      }
    }
  }

  private void matrix(String name, long in, long out) {
    Supplier<Float> values = () -> (float) random.nextGaussian() * 0.1f;
    file.weights(name + ".weight", values, in, out);
  }

  private void norm(String name, long width) {
    file.weights(name + ".weight", () -> 1f, width);
  }
}
