/// Vectors from text: the embedding model that ships with Docent, on ONNX Runtime. In: passages or
/// a question. Out: 384 floats each, L2-normalised. [OnnxEmbeddingModel] is all there is, behind
/// LangChain4j's `EmbeddingModel`.
@NullMarked
package dev.docent.ingest.embed;

import org.jspecify.annotations.NullMarked;
