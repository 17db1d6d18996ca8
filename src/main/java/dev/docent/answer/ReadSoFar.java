package dev.docent.answer;

import dev.docent.answer.Question.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a model has read in the conversations that went on last, so that a follow-up's prompt can
/// begin with the same words, which the engine still holds. In memory, as the engine's cache is: a
/// conversation that is not known here is read anew. Safe for concurrent use.
///
/// What is kept was shown to someone once. Who may read it now is asked before it is used.
final class ReadSoFar {
  // Far more than an engine holds; a few kilobytes each.
  private static final int CONVERSATIONS = 64;

  // guarded by this
  private final Map<List<Turn>, List<Prompt.Told>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Turn>, List<Prompt.Told>> eldest) {
          return size() > CONVERSATIONS;
        }
      };

  /// What was read up to the end of these turns; empty where that is not known, or nothing was.
  synchronized Optional<List<Prompt.Told>> after(List<Turn> turns) {
    return Optional.ofNullable(known.get(turns));
  }

  /// A question was answered by a model.
  synchronized void add(Question question, Turn turn, Prompt prompt) {
    List<Prompt.Told> told = new ArrayList<>(prompt.told());
    told.add(new Prompt.Told(prompt.fresh(), turn));
    put(question, turn, told);
  }

  /// A question was answered without one.
  synchronized void add(Question question, Turn turn) {
    List<Prompt.Told> before = known.get(question.earlier());
    if (before != null) {
      List<Prompt.Told> told = new ArrayList<>(before);
      told.add(new Prompt.Told(List.of(), turn));
      put(question, turn, told);
    }
  }

  private void put(Question question, Turn turn, List<Prompt.Told> told) {
    known.remove(question.earlier());
    List<Turn> turns = new ArrayList<>(question.earlier());
    turns.add(turn);
    known.put(List.copyOf(turns), List.copyOf(told));
  }
}
