package dev.docent.index;

import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.ingest.Chunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// A document of ours as the block of Lucene documents that [Fields] describes, and back.
final class Blocks {
  private Blocks() {}

  static Term key(DocumentId document) {
    return new Term(Fields.DOCUMENT, bytes(document));
  }

  static BytesRef bytes(DocumentId document) {
    UUID id = document.value();
    return new BytesRef(
        ByteBuffer.allocate(Long.BYTES * 2)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  static DocumentId document(BytesRef bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
    return new DocumentId(new UUID(buffer.getLong(), buffer.getLong()));
  }

  static List<Document> of(DocumentPassages document) throws IOException {
    List<Document> block = new ArrayList<>(document.chunks().size() + 1);
    for (int i = 0; i < document.chunks().size(); i++) {
      Chunk chunk = document.chunks().get(i);
      float @Nullable [] vector = document.vectors().isEmpty() ? null : document.vectors().get(i);
      BytesRef stored = StoredForm.of(chunk, document.pages());
      block.add(passage(document.document(), chunk, stored, vector));
    }
    boolean hasVectors = document.vectors().size() == document.chunks().size();
    block.add(head(document.document(), hasVectors));
    return block;
  }

  /// The block of a document under other labels; empty when the document is not there. Labels are
  /// indexed terms, which Lucene cannot change in place: all is read back, vectors as they were.
  static List<Document> relabelled(DirectoryReader reader, DocumentId id, Set<GroupId> readers)
      throws IOException {
    List<Document> block = new ArrayList<>();
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      PostingsEnum slots = leaf.postings(key(id), PostingsEnum.NONE);
      if (slots == null) {
        continue;
      }
      FloatVectorValues vectors = leaf.getFloatVectorValues(Fields.VECTOR);
      for (int slot = slots.nextDoc();
          slot != DocIdSetIterator.NO_MORE_DOCS;
          slot = slots.nextDoc()) {
        if (leaf.getLiveDocs() == null || leaf.getLiveDocs().get(slot)) {
          block.add(relabelled(leaf, slot, vectors, readers));
        }
      }
    }
    return block;
  }

  private static Document relabelled(
      LeafReader leaf, int slot, @Nullable FloatVectorValues vectors, Set<GroupId> readers)
      throws IOException {
    Document stored = leaf.storedFields().document(slot);
    IndexedDocument about =
        StoredForm.document(stored.getBinaryValue(Fields.ABOUT)).readableBy(readers);
    BytesRef passage = stored.getBinaryValue(Fields.PASSAGE);
    if (passage == null) {
      var hasVectors = leaf.getNumericDocValues(Fields.VECTORS);
      return head(about, hasVectors.advanceExact(slot) && hasVectors.longValue() == 1);
    }
    float @Nullable [] vector = null;
    if (vectors != null) {
      KnnVectorValues.DocIndexIterator withVector = vectors.iterator();
      if (withVector.advance(slot) == slot) {
        vector = vectors.vectorValue(withVector.index()).clone();
      }
    }
    return passage(about, StoredForm.passage(about, passage).chunk(), passage, vector);
  }

  private static Document passage(
      IndexedDocument document, Chunk chunk, BytesRef stored, float @Nullable [] vector)
      throws IOException {
    Document passage = labelled(document);
    passage.add(new BinaryDocValuesField(Fields.DOCUMENT, bytes(document.id())));
    passage.add(new NumericDocValuesField(Fields.ORDINAL, chunk.ordinal()));
    passage.add(new TextField(Fields.TEXT, chunk.text(), Field.Store.NO));
    passage.add(new TextField(Fields.CONTEXT, context(document, chunk), Field.Store.NO));
    for (String code : Codes.in(chunk.text())) {
      passage.add(new StringField(Fields.CODE, code, Field.Store.NO));
    }
    if (vector != null) {
      passage.add(
          new KnnFloatVectorField(Fields.VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    }
    passage.add(new StoredField(Fields.PASSAGE, stored));
    return passage;
  }

  private static String context(IndexedDocument document, Chunk chunk) {
    return document.title() + "\n" + document.path() + "\n" + chunk.context();
  }

  private static Document head(IndexedDocument document, boolean hasVectors) throws IOException {
    Document head = labelled(document);
    head.add(new NumericDocValuesField(Fields.VECTORS, hasVectors ? 1 : 0));
    for (String name : Names.terms(document.title() + "\n" + document.path())) {
      head.add(new StringField(Fields.NAME, name, Field.Store.NO));
    }
    return head;
  }

  private static Document labelled(IndexedDocument document) throws IOException {
    Document labelled = new Document();
    labelled.add(new StringField(Fields.DOCUMENT, bytes(document.id()), Field.Store.NO));
    labelled.add(
        new StringField(Fields.COLLECTION, document.collection().toString(), Field.Store.NO));
    for (GroupId reader : document.readers()) {
      labelled.add(new StringField(Fields.READER, reader.value(), Field.Store.NO));
    }
    document
        .date()
        .ifPresent(
            day -> labelled.add(new LongField(Fields.DATE, day.toEpochDay(), Field.Store.NO)));
    labelled.add(new StoredField(Fields.ABOUT, StoredForm.of(document)));
    return labelled;
  }
}
