package dev.docent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Line;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The index's schema, field by field, with the terms and stored bytes of one document. Whoever
/// changes it raises `Fields.SCHEMA`, or existing indexes are read wrongly.
class SchemaTest {
  private static final Path GOLDEN = Path.of("test/resources/golden/index-schema.txt");

  @TempDir Path folder;

  @Test
  void isTheOneOfTheGoldenFile() throws IOException {
    try (SearchIndex index = Shelf.open(folder)) {
      Shelf.put(index, document());
    }

    String actual = describe();

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, actual);
      fail("golden file written: look at it, then run without golden.update");
    }
    assertThat(actual).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void whatIsStoredIsReadBackAsItWas() {
    DocumentPassages document = document();
    try (SearchIndex index = Shelf.open(folder)) {
      Shelf.put(index, document);
      try (IndexView view = index.view()) {
        IndexedChunk found = view.read(view.words("notice", Shelf.ALL, 10)).getFirst();

        assertThat(found.document()).isEqualTo(document.document());
        assertThat(found.pages()).containsExactly(document.pages().get(1));
        assertThat(found.chunk())
            .usingRecursiveComparison()
            .isEqualTo(document.chunks().getFirst());
      }
    }
  }

  private static DocumentPassages document() {
    String text = "The notice period in HR-2024/17 is four weeks.";
    float[] edges = new float[text.length() + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = 72 + 5.25f * i;
    }
    var chunk =
        new Chunk(
            0,
            100,
            100 + text.length(),
            1,
            1,
            List.of("Leaving", "Notice"),
            "Leaving > Notice",
            text,
            List.of(new Line(1, 100, 100 + text.length(), 96.5f, 11.25f, edges)));
    return new DocumentPassages(
        new IndexedDocument(
            new DocumentId(new UUID(1, 2)),
            "0123456789abcdef",
            new CollectionId(new UUID(3, 4)),
            Shelf.groups("everyone", "hr"),
            "Employee Handbook",
            "handbook/handbook-2024.pdf",
            "application/pdf",
            Optional.of(java.time.LocalDate.of(2024, 5, 3))),
        List.of(
            new Page(0, PageKind.PAGE, "i", 0, 100, 595, 842),
            new Page(1, PageKind.PAGE, "1", 100, 100 + text.length(), 595, 842)),
        List.of(chunk),
        List.of(Shelf.vector(3, 4, 0, 0)));
  }

  private String describe() throws IOException {
    var out = new StringBuilder("schema " + Fields.SCHEMA + "\n");
    try (var directory = FSDirectory.open(folder);
        var reader = DirectoryReader.open(directory)) {
      LeafReader leaf = reader.leaves().getFirst().reader();
      List<FieldInfo> fields = new ArrayList<>();
      leaf.getFieldInfos().forEach(fields::add);
      fields.sort(Comparator.comparing(FieldInfo::getName));
      for (FieldInfo field : fields) {
        out.append(describe(field)).append('\n');
        if (field.getIndexOptions() != IndexOptions.NONE) {
          out.append("  ").append(terms(leaf.terms(field.getName()))).append('\n');
        }
      }
      for (int slot = 0; slot < leaf.maxDoc(); slot++) {
        out.append("stored ").append(slot).append('\n');
        for (var stored : leaf.storedFields().document(slot)) {
          out.append("  %s %s\n".formatted(stored.name(), hex(stored.binaryValue())));
        }
      }
    }
    return out.toString();
  }

  private static String describe(FieldInfo field) {
    var words = new ArrayList<String>();
    words.add(field.getName());
    words.add("terms=" + field.getIndexOptions());
    words.add("norms=" + field.hasNorms());
    words.add("values=" + field.getDocValuesType());
    if (field.hasVectorValues()) {
      words.add(
          "vector=%d %s %s"
              .formatted(
                  field.getVectorDimension(),
                  field.getVectorEncoding(),
                  field.getVectorSimilarityFunction()));
    }
    return String.join(" ", words);
  }

  private static String terms(Terms terms) throws IOException {
    var values = new ArrayList<String>();
    TermsEnum all = terms.iterator();
    for (BytesRef term = all.next(); term != null; term = all.next()) {
      values.add(text(term) + "×" + all.docFreq());
    }
    return String.join(" ", values);
  }

  private static String text(BytesRef bytes) {
    String text = bytes.utf8ToString();
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? text : hex(bytes);
  }

  private static String hex(BytesRef bytes) {
    return HexFormat.of().formatHex(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
  }
}
