package dev.docent.index;

/// The schema: what each Lucene document holds. A change of meaning raises [#SCHEMA], and the index
/// is then rebuilt.
///
/// Each document of ours is one block of Lucene documents, written in one step: its passages, then
/// a head that carries what the manifest needs.
///
/// | field | passage | head | how |
/// | --- | --- | --- | --- |
/// | document | x | x | term, doc value: 16 bytes |
/// | collection, reader | x | x | terms: scope and access |
/// | date | x | x | point, doc value: days since 1970-01-01, where the document has a date |
/// | ordinal | x | | doc value |
/// | text, context | x | | terms for the words; context is title, headings, table header |
/// | code | x | | whole codes such as `hr-2024/17` |
/// | vector | x | | HNSW, float32, dot product of unit vectors |
/// | name | | x | terms of title and path |
/// | vectors | | x | present when the passages have vectors |
/// | about, passage | x | about | stored: [IndexedDocument], [IndexedChunk] |
final class Fields {
  static final String SCHEMA = "2";

  static final String DOCUMENT = "document";
  static final String COLLECTION = "collection";
  static final String READER = "reader";
  static final String DATE = "date";
  static final String ORDINAL = "ordinal";
  static final String TEXT = "text";
  static final String CONTEXT = "context";
  static final String CODE = "code";
  static final String VECTOR = "vector";
  static final String NAME = "name";
  static final String VECTORS = "vectors";
  static final String ABOUT = "about";
  static final String PASSAGE = "passage";

  private Fields() {}
}
