package dev.docent.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.docent.access.AccessFilter;
import dev.docent.access.Caller;
import dev.docent.access.DocumentId;
import dev.docent.library.Conversation;
import dev.docent.library.Documents;
import dev.docent.library.LibraryDocument;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Kept answers as their owner may read them today: without the words of documents that the owner
/// may no longer read or that were removed, and without the sentences that rested on them. What is
/// kept stays as it was, so that a right given back gives the answer back. Safe for concurrent use.
@Singleton
final class StillReadable {
  /// The code of the note that says so, beside those of [dev.docent.answer.Answer.Note].
  static final String NOTE_CODE = "withdrawn";

  private static final String WITHDRAWN =
      "Parts of this answer rested on documents that you can no longer read.";

  private final Documents documents;
  private final ObjectMapper json;

  @Inject
  StillReadable(Documents documents, ObjectMapper json) {
    this.documents = documents;
    this.json = json;
  }

  /// An answer as it goes over the wire today.
  ///
  /// @param whole whether nothing of it was withdrawn
  record Today(JsonNode answer, boolean whole) {}

  Today of(Caller caller, Conversation.Kept kept) {
    return of(caller, List.of(kept)).getFirst();
  }

  /// Several in their order; the library is asked once for all.
  List<Today> of(Caller caller, List<Conversation.Kept> kept) {
    List<ObjectNode> answers = kept.stream().map(this::tree).toList();
    Set<DocumentId> cited =
        answers.stream().flatMap(answer -> cited(answer).stream()).collect(Collectors.toSet());
    Set<DocumentId> readable = readable(caller.access(), cited);
    return answers.stream().map(answer -> today(answer, readable)).toList();
  }

  private static List<ArrayNode> lists(ObjectNode answer) {
    return Stream.of(
            answer.path("quotations"),
            answer.path("citations"),
            answer.path("refusal").path("nearest"))
        .filter(ArrayNode.class::isInstance)
        .map(ArrayNode.class::cast)
        .toList();
  }

  private static Set<DocumentId> cited(ObjectNode answer) {
    return lists(answer).stream()
        .flatMap(JsonNode::valueStream)
        .map(StillReadable::document)
        .collect(Collectors.toSet());
  }

  private static Today today(ObjectNode answer, Set<DocumentId> readable) {
    if (readable.containsAll(cited(answer))) {
      return new Today(answer, true);
    }
    Set<Integer> withdrawn = new HashSet<>();
    answer
        .path("citations")
        .valueStream()
        .filter(citation -> !readable.contains(document(citation)))
        .forEach(citation -> withdrawn.add(citation.path("number").asInt()));
    lists(answer).forEach(list -> list.removeIf(one -> !readable.contains(document(one))));
    withhold(answer, withdrawn);
    answer.put("note", WITHDRAWN).put("noteCode", NOTE_CODE);
    return new Today(answer, false);
  }

  private Set<DocumentId> readable(AccessFilter access, Set<DocumentId> cited) {
    return documents.find(cited).stream()
        .filter(document -> access.admits(document.readers()))
        .map(LibraryDocument::id)
        .collect(Collectors.toSet());
  }

  /// Takes away what was said from the withdrawn citations.
  private static void withhold(ObjectNode answer, Set<Integer> withdrawn) {
    int withheld = answer.path("withheld").asInt();
    for (JsonNode sentence : answer.path("sentences")) {
      boolean rests =
          sentence
              .path("citations")
              .valueStream()
              .map(JsonNode::asInt)
              .anyMatch(withdrawn::contains);
      if (rests && sentence instanceof ObjectNode said) {
        said.put("text", "").put("verdict", "withheld").putArray("citations");
        withheld++;
      }
    }
    answer.put("withheld", withheld);
    String words =
        answer.path("kind").asText().equals("composed")
            ? texts(answer.path("sentences"), " ")
            : texts(answer.path("quotations"), "\n");
    answer.put("answer", words.isEmpty() ? null : words);
  }

  private static String texts(JsonNode list, String between) {
    return list.valueStream()
        .map(one -> one.path("text").asText())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(between));
  }

  private static DocumentId document(JsonNode citation) {
    return new DocumentId(UUID.fromString(citation.path("document").asText()));
  }

  private ObjectNode tree(Conversation.Kept kept) {
    try {
      return json.readValue(kept.json(), ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A kept answer is not JSON", e);
    }
  }
}
