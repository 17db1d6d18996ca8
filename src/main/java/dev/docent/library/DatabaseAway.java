package dev.docent.library;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.stream.Stream;
import org.hibernate.exception.JDBCConnectionException;

/// Tells a database that is away from everything else that goes wrong with one. What it stops may
/// be tried again as it is.
public final class DatabaseAway {
  private DatabaseAway() {}

  /// Whether something failed because the database cannot be reached.
  public static boolean caused(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(
            cause ->
                cause instanceof JDBCConnectionException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause instanceof SQLTransientException
                    || (cause instanceof SQLException sql && isConnectionState(sql)));
  }

  // SQLSTATE class 08: connection exception; 57P01..57P03: the server stops or starts.
  private static boolean isConnectionState(SQLException e) {
    String state = e.getSQLState();
    return (state != null && (state.startsWith("08") || state.startsWith("57P")))
        || String.valueOf(e.getMessage()).contains("Acquisition timeout");
  }
}
