package dev.docent.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.docent.access.Caller;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.library.Conversation;
import dev.docent.library.Conversations;
import dev.docent.library.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What the caller asked before.
@Path("/api/v1/conversations")
@RunOnVirtualThread
@Tag(name = "Questions")
final class ConversationsResource {
  private final Conversations conversations;
  private final RunningAnswers answers;
  private final StillReadable readable;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;

  @Inject
  ConversationsResource(
      Conversations conversations,
      RunningAnswers answers,
      StillReadable readable,
      RequestRecorder recorder,
      SignedIn signedIn) {
    this.conversations = conversations;
    this.answers = answers;
    this.readable = readable;
    this.recorder = recorder;
    this.signedIn = signedIn;
  }

  record ConversationView(UUID id, String title, Instant createdAt, Instant updatedAt) {}

  record ConversationPage(List<ConversationView> items, long total) {}

  record TurnView(
      String question,
      ScopeView scope,
      @JsonRawValue @Schema(implementation = AnswerView.class) String answer,
      Instant askedAt,
      @Schema(description = "What the asker said it was worth") @Nullable RatingView rating) {}

  record WholeConversation(
      UUID id, String title, Instant createdAt, Instant updatedAt, List<TurnView> turns) {}

  private static ConversationView view(Conversation conversation) {
    return new ConversationView(
        conversation.id(),
        conversation.title(),
        conversation.createdAt(),
        conversation.updatedAt());
  }

  @GET
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "The own conversations, newest first")
  public ConversationPage list(
      @Parameter(description = "Part of the title or of a question")
          @QueryParam("q")
          @Size(max = 200)
          @Nullable String text,
      @QueryParam("offset") @DefaultValue("0") @Min(0) int offset,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit) {
    Page<Conversation> page =
        conversations.list(
            signedIn.caller().id(),
            Optional.ofNullable(text).map(String::strip).filter(part -> !part.isEmpty()),
            offset,
            limit);
    recorder.listed(signedIn.caller(), Listing.CONVERSATIONS, page.items().size());
    return new ConversationPage(
        page.items().stream().map(ConversationsResource::view).toList(), page.total());
  }

  @GET
  @Path("/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "conversation.touched")
  @Operation(
      summary = "One of the own conversations, with its answers",
      description =
          "Without the words of documents that the caller can no longer read, and without the"
              + " sentences that rested on them.")
  public WholeConversation get(@PathParam("id") UUID id) {
    Conversation conversation = own(account -> conversations.get(account, id));
    Caller caller = signedIn.caller();
    recorder.conversationOpened(caller, id);
    List<Conversation.Turn> turns = conversation.turns();
    List<StillReadable.Today> answers =
        readable.of(caller, turns.stream().map(Conversation.Turn::answer).toList());
    return new WholeConversation(
        conversation.id(),
        conversation.title(),
        conversation.createdAt(),
        conversation.updatedAt(),
        IntStream.range(0, turns.size())
            .mapToObj(at -> view(turns.get(at), answers.get(at)))
            .toList());
  }

  private static TurnView view(Conversation.Turn turn, StillReadable.Today answer) {
    return new TurnView(
        turn.question(),
        ScopeView.of(turn.scope()),
        answer.answer().toString(),
        turn.askedAt(),
        turn.rating().map(RatingView::of).orElse(null));
  }

  record ConversationPatch(@NotNull @Size(min = 1, max = 200) String title) {}

  @PATCH
  @Path("/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "conversation.touched")
  @Operation(summary = "Rename a conversation")
  public ConversationView rename(
      @PathParam("id") UUID id, @Valid @NotNull ConversationPatch request) {
    return view(own(account -> conversations.rename(account, id, request.title())));
  }

  @DELETE
  @Path("/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "conversation.touched")
  @Operation(
      summary = "Remove a conversation",
      description = "An answer that is being made in it is stopped first.")
  public void remove(@PathParam("id") UUID id) {
    own(
        account -> {
          answers.stopAll(account, id);
          conversations.remove(account, id);
          return id;
        });
  }

  private <T> T own(Function<String, T> step) {
    Caller caller = signedIn.caller();
    return recorder.recordingDenial(caller, signedIn.operation(), () -> step.apply(caller.id()));
  }
}
