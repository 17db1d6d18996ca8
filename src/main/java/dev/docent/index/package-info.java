/// The searchable copy of the documents. In: a document's passages with their vectors. Out: the
/// passages that fit a question, by words or by meaning, under the caller's access filter.
///
/// [SearchIndex] is the port, [LuceneSearchIndex] the engine inside the process. The index can be
/// rebuilt from the stored documents at any time: it is never the only copy of anything.
@NullMarked
package dev.docent.index;

import org.jspecify.annotations.NullMarked;
