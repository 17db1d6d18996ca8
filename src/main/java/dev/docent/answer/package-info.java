/// From a question to an answer that can be checked. In: a [Question] and its caller. Out: an
/// [Answer] whose every sentence points at the words that support it, or a refusal, and before it
/// the events of its making. [Answerer] is the way; [AnswerRecorder] the record without which
/// nothing is answered.
@NullMarked
package dev.docent.answer;

import org.jspecify.annotations.NullMarked;
