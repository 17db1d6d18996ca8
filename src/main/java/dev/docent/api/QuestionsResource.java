package dev.docent.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.access.Caller;
import dev.docent.answer.AnswerCancelledException;
import dev.docent.answer.AnswerEvent;
import dev.docent.answer.Answerer;
import dev.docent.answer.Cancellation;
import dev.docent.answer.Citation;
import dev.docent.answer.Citations;
import dev.docent.answer.Question;
import dev.docent.api.RunningAnswers.Running;
import dev.docent.index.SearchScope;
import dev.docent.library.Conversation;
import dev.docent.library.Conversations;
import dev.docent.library.Credential;
import dev.docent.library.LibraryException;
import dev.docent.retrieve.Retrieval;
import dev.docent.retrieve.Retriever;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Questions and searches.
@Path("/api/v1")
@RunOnVirtualThread
@Tag(name = "Questions")
final class QuestionsResource {
  private static final int MAX_NAMED = 500;

  private final Answerer answerer;
  private final Retriever retriever;
  private final Conversations conversations;
  private final StillReadable readable;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;
  private final LiveStreams streams;
  private final RunningAnswers answers;
  private final ObjectMapper json;

  @Inject
  QuestionsResource(
      Answerer answerer,
      Retriever retriever,
      Conversations conversations,
      StillReadable readable,
      RequestRecorder recorder,
      SignedIn signedIn,
      LiveStreams streams,
      RunningAnswers answers,
      ObjectMapper json) {
    this.answerer = answerer;
    this.retriever = retriever;
    this.conversations = conversations;
    this.readable = readable;
    this.recorder = recorder;
    this.signedIn = signedIn;
    this.streams = streams;
    this.answers = answers;
    this.json = json;
  }

  @Schema(name = "Question")
  record AskRequest(
      @NotBlank
          @Size(max = Question.MAX_CHARACTERS)
          @Schema(examples = "How many days of leave do I have?")
          String question,
      @Schema(description = "Ids of the collections to look in. Default: all")
          @Nullable
          @Size(max = MAX_NAMED)
          List<String> collections,
      @Schema(description = "Ids of the documents to look in. Default: all")
          @Nullable
          @Size(max = MAX_NAMED)
          List<String> documents,
      @Schema(description = "First day that the documents are of. Default: however early")
          @Nullable LocalDate from,
      @Schema(description = "Last day that the documents are of. Default: however late")
          @Nullable LocalDate until,
      @Schema(description = "Conversation to go on with. Default: a new one")
          @Nullable UUID conversation,
      @Schema(
              description =
                  "Id of an answer of this conversation that is asked again, perhaps in other words:"
                      + " the new one takes its place. Default: none")
          @Nullable UUID replaces,
      @Schema(description = "Whether a model may write an answer. Default: true")
          @Nullable Boolean compose,
      @Schema(
              description =
                  "Chosen by the client: the stream's answer goes on when the stream is closed, and"
                      + " is taken up again under this id")
          @Nullable UUID id) {
    @Override
    public String toString() {
      return "AskRequest[hidden]";
    }
  }

  /// A question with what it needs when the request's scope has ended.
  ///
  /// @param begins whether its answer begins the conversation
  private record Asking(
      Question question,
      Caller caller,
      Optional<Credential> credential,
      UUID conversation,
      boolean begins,
      Optional<UUID> replaces,
      Optional<UUID> as) {
    Conversation.Asked asked() {
      return new Conversation.Asked(
          question.text(),
          new Conversation.Scope(
              question.collections(),
              question.documents(),
              question.period().from(),
              question.period().until()),
          replaces,
          as);
    }
  }

  private Asking asking(AskRequest request) {
    Caller caller = signedIn.caller();
    Optional<UUID> goesOn = Optional.ofNullable(request.conversation());
    UUID conversation = goesOn.orElseGet(UUID::randomUUID);
    Optional<UUID> replaces = Optional.ofNullable(request.replaces());
    if (replaces.isPresent() && goesOn.isEmpty()) {
      throw ApiException.invalid("replaces", "The answer's conversation is missing");
    }
    Question question =
        new Question(
            request.question(),
            Fields.collections("collections", request.collections()),
            Fields.documents("documents", request.documents()),
            Fields.period(request.from(), request.until()),
            goesOn.map(id -> earlier(caller, id, replaces)).orElse(List.of()),
            Optional.of(conversation),
            !Boolean.FALSE.equals(request.compose()));
    return new Asking(
        question,
        caller,
        signedIn.credential(),
        conversation,
        goesOn.isEmpty(),
        replaces,
        Optional.ofNullable(request.id()));
  }

  /// The earlier turns, as the model may see them again.
  private List<Question.Turn> earlier(Caller caller, UUID conversation, Optional<UUID> replaces) {
    List<Conversation.Turn> turns =
        recorder.recordingDenial(
            caller,
            signedIn.operation(),
            () -> conversations.before(caller.id(), conversation, replaces));
    List<StillReadable.Today> answers =
        readable.of(caller, turns.stream().map(Conversation.Turn::answer).toList());
    return IntStream.range(0, turns.size())
        .mapToObj(
            at ->
                Question.Turn.of(
                    turns.get(at).question(),
                    answers
                        .get(at)
                        .answer()
                        .path("sentences")
                        .valueStream()
                        .map(sentence -> sentence.path("text").asText())))
        .toList();
  }

  @POST
  @Path("/ask")
  @Produces(MediaType.APPLICATION_JSON)
  @Route(
      may = Route.Who.SIGNED_IN,
      trace = Route.Trace.INTENT_AND_OUTCOME,
      records = {"question.asked", "question.answered"})
  @Operation(
      summary = "Ask",
      description =
          "With Accept: text/event-stream the answer comes as it is made: events stage, quotation,"
              + " sources, token (a draft, not yet checked), then answer, stopped or error."
              + " Closing the stream stops the model, unless the question has an id.")
  public AnswerView ask(@Valid @NotNull AskRequest request) {
    Asking asking = asking(request);
    AtomicReference<AnswerView> released = new AtomicReference<>();
    Live live = live(asking);
    try (live) {
      answerer.answer(
          asking.question(),
          asking.caller(),
          event -> {
            if (event instanceof AnswerEvent.Answered answered) {
              released.set(kept(asking, answered));
            }
          },
          live.cancellation());
    } catch (AnswerCancelledException _) {
      throw ApiException.of(ended(live.cancellation()));
    }
    return released.get();
  }

  @POST
  @Path("/ask")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  @Route(
      may = Route.Who.SIGNED_IN,
      trace = Route.Trace.INTENT_AND_OUTCOME,
      records = {"question.asked", "question.answered"})
  @Operation(hidden = true)
  public Multi<OutboundSseEvent> stream(@Valid @NotNull AskRequest request, @Context Sse sse) {
    Asking asking = asking(request);
    Live live = live(asking);
    Running running = running(request, asking, live);
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    Thread.ofVirtual().name("ask").start(() -> answer(asking, live, running, begun));
    try {
      // The response's status goes out with the first event, so a refusal must come before it.
      begun.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    Multi<OutboundSseEvent> events = events(sse, running);
    return request.id() == null
        ? events.onCancellation().invoke(() -> running.cancel(Cancellation.Cause.DISCONNECTED))
        : events;
  }

  private Running running(AskRequest request, Asking asking, Live live) {
    if (request.id() == null) {
      return new Running(asking.conversation(), live.cancellation(), InstantSource.system());
    }
    try {
      Running running =
          answers.begin(
              asking.caller().id(), request.id(), asking.conversation(), live.cancellation());
      running.tell(
          "begun", BegunEvent.of(asking.asked(), Optional.ofNullable(request.conversation())));
      return running;
    } catch (ApiException e) {
      live.close();
      throw e;
    }
  }

  private static Multi<OutboundSseEvent> events(Sse sse, Running running) {
    return running
        .follow()
        .map(
            event ->
                sse.newEventBuilder()
                    .name(event.name())
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(event.data())
                    .build());
  }

  @GET
  @Path("/answers/{id}")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "conversation.touched")
  @Operation(
      summary = "Take up an own answer again",
      description =
          "All its events from the first one on, while it is being made and a few minutes longer;"
              + " later the answer alone.")
  public Multi<OutboundSseEvent> follow(@PathParam("id") UUID id, @Context Sse sse) {
    Caller caller = signedIn.caller();
    Running running =
        own(
            () -> {
              Optional<Conversation.Answered> kept = conversations.answeredAs(caller.id(), id);
              return answers
                  .find(caller.id(), id)
                  .filter(_ -> kept.isEmpty() || readable.of(caller, kept.get().answer()).whole())
                  .or(() -> kept.map(answered -> asItEnded(caller, answered)));
            });
    recorder.conversationOpened(caller, running.conversation());
    return events(sse, running);
  }

  private Running asItEnded(Caller caller, Conversation.Answered answered) {
    Running ended =
        new Running(answered.conversation(), new Cancellation(), InstantSource.system());
    ended.tell("begun", BegunEvent.of(answered.asked(), Optional.of(answered.conversation())));
    ended.tell("answer", readable.of(caller, answered.answer()).answer());
    ended.end();
    return ended;
  }

  /// Another's answer is as one that is not there, and that it was asked for is on record.
  private Running own(Supplier<Optional<Running>> found) {
    return recorder.recordingDenial(
        signedIn.caller(),
        signedIn.operation(),
        () ->
            found
                .get()
                .orElseThrow(
                    () -> new LibraryException.NotFound("No answer of this id is being made")));
  }

  @DELETE
  @Path("/answers/{id}")
  @Route(
      may = Route.Who.SIGNED_IN,
      trace = Route.Trace.INTENT_AND_OUTCOME,
      records = "question.cancelled")
  @Operation(summary = "Stop an own answer", description = "That it was stopped is on record.")
  public void stop(@PathParam("id") UUID id) {
    String account = signedIn.caller().id();
    own(() -> answers.find(account, id)).cancel(Cancellation.Cause.REQUESTED);
  }

  @POST
  @Path("/answers/{id}/rating")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "question.rated")
  @Operation(
      summary = "Say what an own answer was worth",
      description = "The newest rating holds; every one is on record.")
  public void rate(@PathParam("id") UUID id, @Valid @NotNull RatingView rating) {
    Caller caller = signedIn.caller();
    recorder.recordingDenial(
        caller,
        signedIn.operation(),
        () -> {
          conversations.rate(caller.id(), id, rating.rating());
          return id;
        });
  }

  private void answer(Asking asking, Live live, Running running, CompletableFuture<Boolean> begun) {
    try (live) {
      answerer.answer(
          asking.question(),
          asking.caller(),
          event -> {
            tell(running, asking, event);
            begun.complete(true);
          },
          live.cancellation());
    } catch (AnswerCancelledException _) {
      tellStopped(running, live.cancellation());
    } catch (RuntimeException e) {
      if (!begun.isDone()) {
        running.end();
        begun.completeExceptionally(e);
        return;
      }
      running.tell("error", Problems.inStream(e));
    }
    running.end();
    begun.complete(true);
  }

  private static void tellStopped(Running running, Cancellation cancellation) {
    switch (cause(cancellation)) {
      case REQUESTED, DISCONNECTED -> running.tell("stopped", Map.of());
      case ACCESS_ENDED, SHUTDOWN -> {
        running.tell("error", ended(cancellation));
      }
    }
  }

  /// Only the end of the service stops an answer without a word.
  private static Cancellation.Cause cause(Cancellation cancellation) {
    return cancellation.cause().orElse(Cancellation.Cause.SHUTDOWN);
  }

  /// Why there is no answer for somebody who did not stop it.
  private static Problem ended(Cancellation cancellation) {
    return cause(cancellation) == Cancellation.Cause.ACCESS_ENDED
        ? Problem.of(ErrorCode.NOT_SIGNED_IN, "Your access ended meanwhile.")
        : Problem.of(
                ErrorCode.INTERNAL, "The service was stopped meanwhile. Ask again when it runs.")
            .because(Problem.Reason.SERVICE_STOPPED, Map.of());
  }

  private record Live(Cancellation cancellation, Runnable over) implements AutoCloseable {
    @Override
    public void close() {
      over.run();
    }
  }

  private Live live(Asking asking) {
    Cancellation cancellation = new Cancellation();
    return new Live(cancellation, streams.register(asking.credential(), cancellation));
  }

  record BegunEvent(
      String question, ScopeView scope, @Nullable UUID conversation, @Nullable UUID replaces) {
    /// @param conversation that it goes on with
    static BegunEvent of(Conversation.Asked asked, Optional<UUID> conversation) {
      return new BegunEvent(
          asked.question(),
          ScopeView.of(asked.scope()),
          conversation.orElse(null),
          asked.replaces().orElse(null));
    }

    @Override
    public String toString() {
      return "BegunEvent[hidden]";
    }
  }

  record StageEvent(
      @Schema(enumeration = {"searching", "reading", "writing", "checking"}) String stage,
      long millis) {}

  record QuotationEvent(List<CitationView> quotations) {}

  record SourcesEvent(List<CitationView> sources) {}

  record TokenEvent(String text) {}

  private void tell(Running running, Asking asking, AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Stage(var step, var millis) ->
          running.tell("stage", new StageEvent(step.name().toLowerCase(Locale.ROOT), millis));
      case AnswerEvent.Quoted(var quotations) ->
          running.tell("quotation", new QuotationEvent(CitationView.of(quotations)));
      case AnswerEvent.Sources(var sources) ->
          running.tell("sources", new SourcesEvent(CitationView.of(sources)));
      case AnswerEvent.Token(var text) -> running.tell("token", new TokenEvent(text));
      case AnswerEvent.Answered answered -> running.tell("answer", kept(asking, answered));
    }
  }

  /// The answer as it goes over the wire, once it is part of its conversation.
  private AnswerView kept(Asking asking, AnswerEvent.Answered answered) {
    String account = asking.caller().id();
    String question = asking.question().text();
    UUID conversation = asking.conversation();
    AnswerView view = AnswerView.of(answered.answer(), answered.receipt(), conversation);
    try {
      var kept =
          new Conversation.Kept(
              view.id(), UUID.fromString(view.audit().intent()), json.writeValueAsString(view));
      if (asking.begins()) {
        conversations.begin(account, conversation, question);
      }
      conversations.add(account, conversation, asking.asked(), kept);
      return view;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (LibraryException.NotFound _) {
      // Removed meanwhile. The answer is on record as released, so whoever asked gets it.
      return AnswerView.of(answered.answer(), answered.receipt(), null);
    }
  }

  record SearchRequest(
      @NotBlank @Size(max = Question.MAX_CHARACTERS) @Schema(examples = "parental leave")
          String question,
      @Nullable @Size(max = MAX_NAMED) List<String> collections,
      @Nullable @Size(max = MAX_NAMED) List<String> documents,
      @Schema(description = "First day that the documents are of") @Nullable LocalDate from,
      @Schema(description = "Last day that the documents are of") @Nullable LocalDate until,
      @Schema(description = "Default: 10") @Nullable @Min(1) @Max(50) Integer limit) {
    @Override
    public String toString() {
      return "SearchRequest[hidden]";
    }
  }

  record SearchView(List<CitationView> passages, SearchTimings timings) {}

  record SearchTimings(long retrieveMillis) {}

  @POST
  @Path("/search")
  @Route(
      may = Route.Who.SIGNED_IN,
      trace = Route.Trace.INTENT_AND_OUTCOME,
      records = {"question.asked", "question.search_completed"})
  @Operation(summary = "Search", description = "The passages by words and by meaning, best first.")
  public SearchView search(@Valid @NotNull SearchRequest request) {
    Caller caller = signedIn.caller();
    SearchScope scope =
        new SearchScope(
            caller.access(),
            Fields.collections("collections", request.collections()),
            Fields.documents("documents", request.documents()),
            Fields.period(request.from(), request.until()));
    String question = request.question().strip();
    UUID intent = recorder.searchIntended(caller, question, scope);
    long began = System.nanoTime();
    Retrieval retrieval;
    try {
      retrieval =
          retriever.retrieve(question, scope, request.limit() == null ? 10 : request.limit());
    } catch (RuntimeException e) {
      recorder.searchFailed(
          caller,
          intent,
          e.getClass().getSimpleName(),
          Duration.ofNanos(System.nanoTime() - began));
      throw e;
    }
    List<Citation> passages = Citations.numbered(retrieval.passages());
    recorder.searchCompleted(caller, intent, passages, retrieval.took());
    return new SearchView(
        CitationView.of(passages), new SearchTimings(retrieval.took().toMillis()));
  }
}
