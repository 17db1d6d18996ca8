package dev.docent.compliance.audit;

import dev.docent.compliance.audit.CanonicalEvent.SearchColumns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// The columns by which a record is found. They are no evidence: whoever changes them hides a
/// record from searches, and is found by deriving them again.
public final class SearchCopies {
  /// What [#agree] reads from a row of `audit.event`.
  public static final String COLUMNS = "act, outcome, actor, account, documents, intent";

  private SearchCopies() {}

  /// Whether a row's columns say what its canonical bytes say.
  ///
  /// @throws IllegalArgumentException if the bytes are no record
  public static boolean agree(byte[] canonical, ResultSet row) throws SQLException {
    SearchColumns derived = SearchColumns.of(CanonicalJson.readObject(canonical));
    Array documents = row.getArray("documents");
    Set<UUID> found =
        documents == null ? Set.of() : new HashSet<>(Arrays.asList((UUID[]) documents.getArray()));
    return derived.act().equals(row.getString("act"))
        && derived.outcome().equals(row.getString("outcome"))
        && derived.actor().equals(row.getString("actor"))
        && Objects.equals(derived.account(), row.getString("account"))
        && Objects.equals(derived.intent(), row.getObject("intent", UUID.class))
        && found.equals(new HashSet<>(derived.documents()));
  }
}
