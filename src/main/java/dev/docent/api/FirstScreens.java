package dev.docent.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.access.AccessFilter;
import dev.docent.library.Conversations;
import dev.docent.library.DocumentQuery;
import dev.docent.library.Documents;
import dev.docent.library.IndexFeed;
import dev.docent.library.LibraryCollections;
import dev.docent.library.LibraryDocument;
import dev.docent.library.Page;
import dev.docent.library.Uploads;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/// What the page asks for before it shows anything: how it opens, and how its library does.
@Singleton
public final class FirstScreens {
  // At the fifth time a statement is kept prepared (pgjdbc's prepareThreshold).
  private static final int TIMES = 6;
  private static final AccessFilter NOBODY = new AccessFilter.Readers(Set.of());

  private final LibraryCollections collections;
  private final Conversations conversations;
  private final Documents documents;
  private final Uploads uploads;
  private final IndexFeed feed;
  private final ObjectMapper json;

  @Inject
  FirstScreens(
      LibraryCollections collections,
      Conversations conversations,
      Documents documents,
      Uploads uploads,
      IndexFeed feed,
      ObjectMapper json) {
    this.collections = collections;
    this.conversations = conversations;
    this.documents = documents;
    this.uploads = uploads;
    this.feed = feed;
    this.json = json;
  }

  /// Looks it all up and shows it to nobody, so that the first person does not wait until queries
  /// are compiled, rows read and classes loaded.
  public void rehearse() {
    for (int time = 0; time < TIMES; time++) {
      collections.list(NOBODY, true);
      conversations.list("", Optional.empty(), 0, 1);
      uploads.of("");
      documents.list(NOBODY, DocumentQuery.FIRST);
      documents.list(NOBODY, DocumentQuery.FIRST.matching("a"));
      write(documents.list(new AccessFilter.Everything(), DocumentQuery.FIRST));
    }
  }

  private void write(Page<LibraryDocument> page) {
    var view =
        new DocumentsResource.DocumentPage(
            page.items().stream().map(one -> DocumentsResource.view(one, feed)).toList(),
            page.total());
    try {
      var _ = json.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
