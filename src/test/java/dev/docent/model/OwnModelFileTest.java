package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file of the operator's own, as `--model FILE.gguf` names it.
@Tag("model")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class OwnModelFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gemma3"})
  void runsWhateverArchitectureItIs(String architecture) {
    Path own = TinyModel.in(folder, architecture);
    ModelFile adopted = new ModelStore(folder.resolve("cache"), ModelSources.none()).adopt(own);
    assertThat(adopted.identity().architecture()).isEqualTo(architecture);

    try (LlamaChatModel model = LlamaChatModel.load(adopted, LlamaSettings.defaults(2))) {
      List<ChatMessage> asked =
          List.of(
              SystemMessage.from("You answer from the passages, in one word."),
              UserMessage.from("Is it so that the canteen opens at noon?"));
      RecordedReply first = reply(model, "root ::= \"yes\" | \"no\"", asked);
      assertThat(first.text()).isIn("yes", "no");
      assertThat(first.timings().promptTokens())
          .as("longer than the window of a layer that slides")
          .isEqualTo(model.countTokens(asked))
          .isGreaterThan(64);

      List<ChatMessage> followedUp = new ArrayList<>(asked);
      followedUp.add(AiMessage.from(first.text()));
      followedUp.add(UserMessage.from("And on Fridays?"));
      RecordedReply second = reply(model, "root ::= [a-z] [a-z] [a-z]", followedUp);
      assertThat(second.text()).matches("[a-z]{3}");
      assertThat(second.timings().cachedTokens())
          .as("what was read and written before is not read again")
          .isGreaterThanOrEqualTo(model.countTokens(asked));
    }
  }

  private static RecordedReply reply(
      LlamaChatModel model, String grammar, List<ChatMessage> messages) {
    RecordedReply reply = new RecordedReply();
    StreamingHandle _ =
        model.generate(
            ChatRequest.builder()
                .messages(messages)
                .parameters(
                    GenerationParameters.builder().grammar(grammar).maxOutputTokens(8).build())
                .build(),
            reply);
    reply.response.join();
    return reply;
  }

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
