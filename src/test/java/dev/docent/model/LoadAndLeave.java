package dev.docent.model;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.nio.file.Path;

/// A program that uses a model, closes it, and returns from `main`.
final class LoadAndLeave {
  private LoadAndLeave() {}

  public static void main(String... arguments) {
    ModelFile file =
        new ModelFile(Path.of(arguments[0]), new ModelIdentity("a model", "qwen2", "", 0));
    RecordedReply reply = new RecordedReply();
    try (LlamaChatModel model = LlamaChatModel.load(file, LlamaSettings.defaults(1))) {
      StreamingHandle _ =
          model.generate(
              ChatRequest.builder()
                  .messages(UserMessage.from("Hello"))
                  .parameters(GenerationParameters.builder().maxOutputTokens(1).build())
                  .build(),
              reply);
      reply.response.join();
    }
    System.out.println("left");
  }
}
