package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A file of the operator's own, of the llama architecture, as `--model FILE.gguf` names it.
@Tag("model")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class OwnModelFileTest {
  @TempDir Path folder;

  @Test
  void runsWhereItLiesUnderTheNameOfItsDigest() throws IOException {
    ModelFile known = InstalledModels.require(InstalledModels.SMALLEST);
    Path own = folder.resolve("a model of ours.gguf");
    Files.createSymbolicLink(own, known.path());
    ModelFile adopted = new ModelStore(folder.resolve("cache"), ModelSources.none()).adopt(own);

    assertThat(adopted.path()).isEqualTo(own);
    assertThat(adopted.identity())
        .as("the catalogue knows the digest: its name goes on record, not the file header's")
        .isEqualTo(known.identity());
    assertThat(adopted.identity().architecture()).isEqualTo("llama");

    RecordedReply reply = new RecordedReply();
    try (LlamaChatModel model =
        LlamaChatModel.load(adopted, LlamaSettings.defaults(Hardware.detect().cores()))) {
      StreamingHandle _ =
          model.generate(
              ChatRequest.builder()
                  .messages(
                      SystemMessage.from("Answer in one word."),
                      UserMessage.from("What is the capital of France?"))
                  .parameters(GenerationParameters.builder().maxOutputTokens(12).build())
                  .build(),
              reply);
      assertThat(reply.text()).contains("Paris");
    }
  }
}
