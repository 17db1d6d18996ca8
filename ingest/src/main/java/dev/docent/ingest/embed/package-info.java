/// Vectors from text: the embedding model that ships with Docent, on ONNX Runtime.
@NullMarked
package dev.docent.ingest.embed;

import org.jspecify.annotations.NullMarked;
