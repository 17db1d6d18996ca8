package dev.docent.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.access.AccessFilter;
import dev.docent.access.Caller;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.index.IndexedDocument;
import dev.docent.index.LuceneSearchIndex;
import dev.docent.index.SearchIndex;
import dev.docent.index.SearchScope;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.retrieve.Passage;
import dev.docent.retrieve.Retrieval;
import dev.docent.retrieve.Retriever;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A small intranet on a real index with the real embedding model: a page each.
final class Shelf implements AutoCloseable {
  static final OnnxEmbeddingModel MODEL = new OnnxEmbeddingModel(2);

  static final Caller EMPLOYEE = caller("staff");
  static final String CANARY = "heron-4711";

  static final String LEAVE =
      "Full-time employees are entitled to 28 working days of annual leave. Leave that is left"
          + " over lapses on 31 March of the following year.";
  static final String GIFTS = "Employees may keep presents from suppliers up to a value of EUR 40.";
  static final String WIFI =
      "Guests get access to the wireless network from the reception desk. Access is valid for"
          + " one day.";
  static final String SALARIES =
      "The managing director earns EUR 210,000 a year. The file is kept under " + CANARY + ".";

  private final SearchIndex index;

  Shelf(Path folder) {
    index = LuceneSearchIndex.open(folder, MODEL.modelName(), MODEL.dimension());
    put("staff", "Annual leave", "handbook/leave.pdf", LEAVE);
    put("staff", "Gifts", "handbook/gifts.pdf", GIFTS);
    put("staff", "Visitors", "handbook/visitors.pdf", WIFI);
    put("hr", "Salaries", "hr/salaries.pdf", SALARIES);
  }

  static Caller caller(String group) {
    return new Caller(
        "someone",
        "Someone",
        Set.of(Role.EMPLOYEE),
        new AccessFilter.Readers(Set.of(new GroupId(group))));
  }

  void put(String group, String title, String path, String text) {
    IndexedDocument document =
        new IndexedDocument(
            new DocumentId(UUID.nameUUIDFromBytes(path.getBytes(UTF_8))),
            "0".repeat(64),
            new CollectionId(new UUID(7, 7)),
            Set.of(new GroupId(group)),
            title,
            path,
            "application/pdf",
            Optional.empty());
    index.put(
        document,
        List.of(new Page(0, PageKind.PAGE, "1", 0, text.length(), 595, 842)),
        List.of(new Chunk(0, 0, text.length(), 0, 0, List.of(), title, text, List.of())),
        List.of(MODEL.embed(title + "\n" + text).content().vector()));
  }

  Retriever retriever() {
    return new Retriever(index, MODEL::embedQuery);
  }

  Retrieval retrieve(String question) {
    return retriever().retrieve(question, SearchScope.of(EMPLOYEE.access()), Confidence.PASSAGES);
  }

  List<Passage> passages(String question) {
    return retrieve(question).passages();
  }

  @Override
  public void close() {
    index.close();
  }
}
