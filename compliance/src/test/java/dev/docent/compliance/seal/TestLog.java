package dev.docent.compliance.seal;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.postgres.TestPostgres;
import dev.docent.compliance.tree.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A log of its own for one test: database, keys, folder of checkpoints, and a sealer whose rounds
/// the test asks for.
final class TestLog implements AutoCloseable {
  final TestPostgres.Database database = TestPostgres.shared().newDatabase();
  final Path home;
  final LogKeys keys;
  final CheckpointFolder folder;
  final AuditWriter writer;
  final AuditReader reader = new AuditReader(database.as("docent_audit"));
  final SealedLog log = new SealedLog(database.as("docent_audit"));
  final List<SignedNote> published = Collections.synchronizedList(new ArrayList<>());
  final Sealer sealer;

  TestLog(Path home) {
    this.home = home;
    this.keys = new LogKeys(directory(home.resolve("keys")));
    this.folder = new CheckpointFolder(home.resolve("checkpoints"));
    this.writer = new AuditWriter(database.as("docent_app"), InstantSource.system());
    this.sealer = sealerWith(keys, folder);
  }

  Sealer sealerWith(LogKeys itsKeys, CheckpointFolder itsFolder) {
    return sealerWith(itsKeys, itsFolder, Optional.empty());
  }

  Sealer sealerWith(
      LogKeys itsKeys, CheckpointFolder itsFolder, Optional<WitnessMemory> itsWitness) {
    return new Sealer(
        database.as("docent_audit"),
        writer,
        itsKeys,
        itsFolder,
        itsWitness,
        "docent.test/1",
        InstantSource.system(),
        published::add);
  }

  private static Path directory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Appends this many records of several persons.
  List<UUID> append(int count) {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(writer.append(event(i)).event());
    }
    return ids;
  }

  static AuditEvent event(int i) {
    return new AuditEvent.Listed(person(i % 5), AuditEvent.Listing.DOCUMENTS, i);
  }

  static ActorRef person(int i) {
    return new ActorRef("act_" + Character.toString('a' + i).repeat(26));
  }

  @Override
  public void close() {
    sealer.close();
    writer.close();
  }
}
