package dev.docent.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/// What a GGUF model file says about itself, read and checked before native code sees the file.
///
/// ```
///   "GGUF" | version u32 | tensors u64 | entries u64
///   entries × ( key string | type u32 | value )          string: length u64, bytes
///   tensors × ( name string | dimensions u32 | size u64 × dimensions | type u32 | offset u64 )
///   padding | tensor data
/// ```
///
/// Little-endian. Source: ggml's docs/gguf.md, versions 2 and 3. Every length is checked against
/// the file and against a limit before anything is allocated (compare CVE-2024-21802,
/// CVE-2024-23605).
///
/// @param architecture such as `qwen2`
/// @param name the model's own, or empty
/// @param contextTokens that it was trained for
/// @param chatTemplate Jinja source, or empty
/// @param parameters number of weights
/// @param cacheBytesPerToken of keys and values in 16 bits each
public record GgufHeader(
    String architecture,
    String name,
    int contextTokens,
    String chatTemplate,
    long parameters,
    long cacheBytesPerToken) {

  /// Decoders with a key-value cache that llama.cpp b4916 runs.
  private static final Set<String> SUPPORTED =
      Set.of(
          "llama",
          "deci",
          "falcon",
          "gpt2",
          "gptneox",
          "mpt",
          "baichuan",
          "starcoder",
          "bloom",
          "stablelm",
          "qwen",
          "qwen2",
          "qwen2moe",
          "phi2",
          "phi3",
          "phimoe",
          "codeshell",
          "orion",
          "internlm2",
          "minicpm",
          "minicpm3",
          "gemma",
          "gemma2",
          "gemma3",
          "starcoder2",
          "xverse",
          "command-r",
          "cohere2",
          "dbrx",
          "olmo",
          "olmo2",
          "olmoe",
          "openelm",
          "arctic",
          "deepseek",
          "deepseek2",
          "chatglm",
          "bitnet",
          "jais",
          "nemotron",
          "exaone",
          "granite",
          "granitemoe");

  private static final Set<String> NO_CHAT_MODELS =
      Set.of("bert", "nomic-bert", "jina-bert-v2", "t5", "t5encoder", "wavtokenizer-dec", "clip");

  /// Reads the header of a file. Throws [ModelUnavailableException] if the file is missing, is no
  /// GGUF file, is damaged, or is shorter than its header says.
  public static GgufHeader read(Path file) {
    if (Files.isDirectory(file)) {
      throw new ModelUnavailableException(file + " is a folder, not a model file");
    }
    try (GgufReader reader = GgufReader.open(file)) {
      return reader.header();
    } catch (GgufReader.Malformed e) {
      throw new ModelUnavailableException(
          "%s is not a usable GGUF model file: %s".formatted(file, e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw new ModelUnavailableException("There is no model file " + file, e);
    } catch (AccessDeniedException e) {
      throw new ModelUnavailableException(
          "The model file %s may not be read by %s"
              .formatted(file, System.getProperty("user.name")),
          e);
    } catch (IOException e) {
      throw new ModelUnavailableException(
          "The model file %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Throws [ModelUnavailableException] unless the built-in engine runs this architecture.
  public void requireSupported() {
    if (SUPPORTED.contains(architecture)) {
      return;
    }
    throw new ModelUnavailableException(
        NO_CHAT_MODELS.contains(architecture)
            ? "A model of architecture '%s' does not chat".formatted(architecture)
            : "The built-in engine (llama.cpp b4916) does not run the architecture '%s': it needs an"
                    .formatted(architecture)
                + " external llama.cpp server");
  }
}
