package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.library.Transactions.Work;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// How far the reading of each document has come, and how it ended. Safe for concurrent use.
///
/// A step holds only while `revision` is still the document's current one; it tells whether it was.
public final class Readings {
  private static final String SYSTEM = "system";

  private final Transactions transactions;
  private final InstantSource clock;

  public Readings(Transactions transactions, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
  }

  public boolean begun(DocumentId id, String revision) {
    return update(
        id,
        Optional.of(revision),
        (_, row) -> {
          row.state = DocumentState.READING;
          row.updatedAt = clock.instant();
        });
  }

  /// What reading a document gave.
  ///
  /// @param date the day that the document is of
  /// @param parserVersion of the parser that made it
  public record Contents(
      String mediaType,
      String title,
      Optional<LocalDate> date,
      int pages,
      int passages,
      int parserVersion) {}

  /// The index holds the document, durably. `state` is [DocumentState#WORDS] or
  /// [DocumentState#READY].
  public boolean indexed(DocumentId id, String revision, Contents contents, DocumentState state) {
    return update(
        id,
        Optional.of(revision),
        (work, row) -> {
          row.state = state;
          row.mediaType = contents.mediaType();
          row.title = contents.title();
          row.pages = contents.pages();
          row.passages = contents.passages();
          row.dated = contents.date().orElse(null);
          row.parserVersion = contents.parserVersion();
          row.indexBehind = false;
          row.updatedAt = clock.instant();
          work.record(processed(SYSTEM, row));
        });
  }

  /// The bytes cannot be used; the index holds nothing of the document.
  public boolean rejected(
      DocumentId id, String revision, String reason, String detail, String whatToDo) {
    return update(
        id,
        Optional.of(revision),
        (work, row) -> {
          end(row, DocumentState.REJECTED, reason, detail, whatToDo);
          row.indexBehind = false;
          work.record(new Change.DocumentRejected(SYSTEM, id, revision, reason));
        });
  }

  /// The machine could not do it; it is tried again at the next start or reread.
  public boolean failed(
      DocumentId id, String revision, String reason, String detail, String whatToDo) {
    return update(
        id,
        Optional.of(revision),
        (work, row) -> {
          end(row, DocumentState.FAILED, reason, detail, whatToDo);
          work.record(new Change.DocumentRejected(SYSTEM, id, revision, reason));
        });
  }

  private void end(
      DocumentRow row, DocumentState state, String reason, String detail, String whatToDo) {
    row.state = state;
    row.reason = reason;
    row.detail = detail;
    row.whatToDo = whatToDo;
    row.updatedAt = clock.instant();
  }

  /// The index has lost the document's passages: it is at the start again.
  public void lost(DocumentId id) {
    update(
        id,
        Optional.empty(),
        (work, row) -> {
          row.requeue(clock.instant());
          work.record(processed(SYSTEM, row));
        });
  }

  /// The index shows the document's current labels.
  public void caughtUp(DocumentId id, Set<GroupId> readers) {
    update(
        id,
        Optional.empty(),
        (_, row) -> {
          if (Arrays.equals(row.readers, Labels.column(readers))) {
            row.indexBehind = false;
          }
        });
  }

  private boolean update(DocumentId id, Optional<String> revision, Step step) {
    return transactions.run(
        work -> {
          DocumentRow row =
              work.session().find(DocumentRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
          if (row == null
              || revision.filter(current -> !current.equals(row.revision)).isPresent()) {
            return false;
          }
          step.take(work, row);
          return true;
        });
  }

  @FunctionalInterface
  private interface Step {
    void take(Work work, DocumentRow row);
  }

  static Change processed(String actor, DocumentRow row) {
    return new Change.DocumentProcessed(
        actor,
        new DocumentId(row.id),
        row.revision,
        row.state,
        row.pages == null ? 0 : row.pages,
        row.passages == null ? 0 : row.passages);
  }
}
