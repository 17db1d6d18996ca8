/// How good retrieval and answers are, on sets of questions with known results. In: a
/// [RetrievalSet], a [QuestionSet] or a [PooledSet] that is both, and the product's own retriever
/// or answerer over the set's documents. Out: figures, and every case behind them.
/// [RetrievalEvaluation] and [AnswerEvaluation] are the ways.
@NullMarked
package dev.docent.eval;

import org.jspecify.annotations.NullMarked;
