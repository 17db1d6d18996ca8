/// From a question to the passages that may answer it. In: a question, where to look and on whose
/// behalf. Out: [Retrieval], passages in order with why each was found. [Retriever] is the way.
@NullMarked
package dev.docent.retrieve;

import org.jspecify.annotations.NullMarked;
