package dev.docent.wiring;

import dev.docent.answer.AnswerLimits;
import dev.docent.answer.Answerer;
import dev.docent.api.LogHealth;
import dev.docent.api.OperatorToken;
import dev.docent.api.PagePictures;
import dev.docent.api.ParsedDocuments;
import dev.docent.api.ServiceStatus;
import dev.docent.api.SessionCookie;
import dev.docent.api.UploadLimit;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.Identities;
import dev.docent.compliance.audit.SpoolSettings;
import dev.docent.compliance.audit.TextDigester;
import dev.docent.compliance.retention.Retention;
import dev.docent.compliance.seal.BundleExport;
import dev.docent.compliance.seal.CheckpointFolder;
import dev.docent.compliance.seal.LogKeys;
import dev.docent.compliance.seal.SealedLog;
import dev.docent.compliance.seal.Sealer;
import dev.docent.compliance.seal.SelfCheck;
import dev.docent.compliance.seal.SyslogSink;
import dev.docent.compliance.seal.WitnessClient;
import dev.docent.compliance.seal.WitnessMemory;
import dev.docent.compliance.tree.VerifierKey;
import dev.docent.index.IndexUnusableException;
import dev.docent.index.LuceneSearchIndex;
import dev.docent.index.SearchIndex;
import dev.docent.ingest.Chunker;
import dev.docent.ingest.Parser;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.ingest.tika.ForkedTikaParser;
import dev.docent.ingest.tika.ParserLimits;
import dev.docent.library.Accounts;
import dev.docent.library.ApiTokens;
import dev.docent.library.BlobStore;
import dev.docent.library.Conversations;
import dev.docent.library.DocumentLabels;
import dev.docent.library.Documents;
import dev.docent.library.FolderBlobStore;
import dev.docent.library.Groups;
import dev.docent.library.IngestRuns;
import dev.docent.library.LibraryCollections;
import dev.docent.library.Readings;
import dev.docent.library.Sessions;
import dev.docent.library.Transactions;
import dev.docent.library.Uploads;
import dev.docent.retrieve.Retriever;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.SessionFactory;
import org.jboss.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/// The one place that chooses which implementation stands behind each port, and gives the parts
/// their parts. [Lifecycle] starts and stops what must be.
final class Engines {
  private static final Logger LOG = Logger.getLogger(Engines.class);
  private static final Duration PARSER_IDLE = Duration.ofMinutes(1);

  // --- The record

  /// On connections of its own: a writer that waits for the pool would stop what it is to record.
  @Produces
  @Singleton
  AuditWriter auditWriter(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") String password,
      Settings settings,
      DataFolder data) {
    return new AuditWriter(
        plain(url, user, password, "docent-audit-writer"),
        InstantSource.system(),
        switch (settings.audit().mode()) {
          case STRICT -> Optional.empty();
          case SPOOL ->
              Optional.of(
                  new SpoolSettings(
                      data.spool(),
                      key(data, "spool.key"),
                      settings.audit().spoolMaxBytes(),
                      settings.audit().spoolMaxAge()));
        });
  }

  @Produces
  @Singleton
  AuditReader auditReader(@DataSource("audit") AgroalDataSource database) {
    return new AuditReader(database);
  }

  @Produces
  @Singleton
  SealedLog sealedLog(@DataSource("audit") AgroalDataSource database) {
    return new SealedLog(database);
  }

  @Produces
  @Singleton
  BundleExport bundles(AuditReader reader, SealedLog log, DataFolder data) {
    return new BundleExport(reader, log, new LogKeys(data.keys()));
  }

  /// On a connection of its own, which exports cannot take from it.
  @Produces
  @Singleton
  Sealer sealer(
      AuditWriter writer,
      DataFolder data,
      Settings settings,
      Announcements announcements,
      @ConfigProperty(name = "quarkus.datasource.audit.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.audit.username") String user,
      @ConfigProperty(name = "quarkus.datasource.audit.password") String password) {
    Settings.Audit audit = settings.audit();
    return new Sealer(
        plain(url, user, password, "docent-audit-sealer"),
        writer,
        new LogKeys(data.keys()),
        new CheckpointFolder(audit.checkpoints().map(Path::of).orElseGet(data::checkpoints)),
        audit.witness().map(address -> new WitnessMemory(URI.create(address), witnessKey(audit))),
        audit.name().orElseGet(() -> logName(data)),
        InstantSource.system(),
        announcements::published);
  }

  @Produces
  @Singleton
  Announcements announcements(
      SealedLog log,
      @DataSource("audit") AgroalDataSource database,
      Settings settings,
      Provider<Sealer> sealer) { // which itself announces
    Settings.Audit audit = settings.audit();
    return new Announcements(
        audit
            .witness()
            .map(
                address ->
                    new WitnessClient(
                        log,
                        database,
                        URI.create(address),
                        witnessKey(audit),
                        InstantSource.system(),
                        () -> sealer.get().contradicted())),
        audit.syslog().map(address -> new SyslogSink(URI.create(address), InstantSource.system())));
  }

  @Produces
  @Singleton
  LogHealth logHealth(
      Sealer sealer,
      SealedLog log,
      AuditReader reader,
      AuditWriter writer,
      Announcements announcements,
      @DataSource("audit") AgroalDataSource database) {
    return new LogHealth(
        sealer,
        log,
        reader,
        writer,
        new SelfCheck(database, log),
        announcements::witness,
        announcements::syslogProblem);
  }

  @Produces
  @Singleton
  LogAlarms logAlarms(
      Sealer sealer, Announcements announcements, LogHealth health, MeterRegistry meters) {
    return new LogAlarms(sealer::health, announcements::witness, health::failedCheck, meters);
  }

  private static VerifierKey witnessKey(Settings.Audit audit) {
    return VerifierKey.parse(
        audit
            .witnessKey()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "docent.audit.witness wants docent.audit.witness-key")));
  }

  private static String logName(DataFolder data) {
    return "docent.local/" + data.secret(data.keys().resolve("audit-log.name")).substring(0, 16);
  }

  private static PGSimpleDataSource plain(
      String url, String user, String password, String application) {
    PGSimpleDataSource plain = new PGSimpleDataSource();
    plain.setUrl(url);
    plain.setUser(user);
    plain.setPassword(password);
    plain.setApplicationName(application);
    plain.setConnectTimeout(Math.toIntExact(AuditWriter.TIME_LIMIT.plusMillis(999).toSeconds()));
    return plain;
  }

  @Produces
  @Singleton
  Identities identities(AgroalDataSource database, DataFolder data) {
    return new Identities(database, key(data, "identities.key"));
  }

  @Produces
  @Singleton
  Pseudonyms pseudonyms(Identities identities, DataFolder data) {
    return new Pseudonyms(identities, installation(data));
  }

  @Produces
  @Singleton
  AnswerTrail answerTrail(AuditWriter writer, Pseudonyms people) {
    return new AnswerTrail(writer, people);
  }

  @Produces
  @Singleton
  RequestTrail requestTrail(AuditWriter writer, Pseudonyms people, DataFolder data) {
    return new RequestTrail(writer, people, installation(data));
  }

  @Produces
  @Singleton
  ChangeTrail changeTrail(AuditWriter writer, Pseudonyms people, DataFolder data) {
    return new ChangeTrail(writer, people, installation(data));
  }

  @Produces
  @Singleton
  OperationTrail operationTrail(AuditWriter writer, DataFolder data) {
    return new OperationTrail(writer, installation(data));
  }

  @Produces
  @Singleton
  Retention retention(AgroalDataSource database, AuditWriter writer, DataFolder data) {
    return new Retention(database, writer, installation(data), UUID::randomUUID);
  }

  private static TextDigester installation(DataFolder data) {
    return new TextDigester("installation", key(data, "digests.key"));
  }

  private static byte[] key(DataFolder data, String name) {
    return HexFormat.of().parseHex(data.secret(data.keys().resolve(name)));
  }

  @Produces
  @Singleton
  ServiceStatus status(
      @ConfigProperty(name = "quarkus.application.version") String version,
      LibraryCollections collections,
      Documents documents,
      AuditWriter writer,
      ChatModels models) {
    return new ServiceStatus(
        version,
        // Not now: this is made when it is first asked for.
        ProcessHandle.current().info().startInstant().orElseGet(Instant::now),
        collections,
        documents,
        writer,
        models::current);
  }

  // --- The library

  @Produces
  @Singleton
  Transactions transactions(SessionFactory sessions, ChangeTrail trail) {
    return new Transactions(sessions, trail);
  }

  @Produces
  @Singleton
  Accounts accounts(Transactions transactions) {
    return new Accounts(transactions, InstantSource.system(), new SecureRandom());
  }

  @Produces
  @Singleton
  Sessions sessions(Transactions transactions) {
    return new Sessions(transactions, InstantSource.system(), new SecureRandom());
  }

  @Produces
  @Singleton
  ApiTokens tokens(Transactions transactions) {
    return new ApiTokens(transactions, InstantSource.system(), new SecureRandom());
  }

  @Produces
  @Singleton
  Groups groups(Transactions transactions) {
    return new Groups(transactions, InstantSource.system());
  }

  @Produces
  @Singleton
  LibraryCollections collections(Transactions transactions) {
    return new LibraryCollections(transactions, InstantSource.system());
  }

  @Produces
  @Singleton
  Uploads uploads(Transactions transactions, DataFolder data, Settings settings) {
    return new Uploads(
        transactions, data.uploads(), settings.ingest().maxInputBytes(), InstantSource.system());
  }

  @Produces
  @Singleton
  DocumentLabels documentLabels(Transactions transactions) {
    return new DocumentLabels(transactions, InstantSource.system());
  }

  @Produces
  @Singleton
  Documents documents(Transactions transactions, DocumentLabels labels) {
    return new Documents(transactions, labels, InstantSource.system());
  }

  @Produces
  @Singleton
  Readings readings(Transactions transactions) {
    return new Readings(transactions, InstantSource.system());
  }

  @Produces
  @Singleton
  IngestRuns runs(Transactions transactions) {
    return new IngestRuns(transactions, InstantSource.system());
  }

  @Produces
  @Singleton
  Conversations conversations(Transactions transactions) {
    return new Conversations(transactions, InstantSource.system());
  }

  @Produces
  @Singleton
  BlobStore blobs(DataFolder data) {
    return new FolderBlobStore(data.blobs());
  }

  @Produces
  @Singleton
  ParsedDocuments parsedDocuments(BlobStore blobs) {
    return document ->
        CachedParser.parsed(blobs, document.revision(), document.path(), document.parserVersion());
  }

  @Produces
  @Singleton
  OperatorToken operatorToken(DataFolder data) {
    return new OperatorToken(data.readOperatorToken());
  }

  @Produces
  @Singleton
  UploadLimit uploadLimit(Settings settings) {
    return new UploadLimit(settings.ingest().maxInputBytes());
  }

  @Produces
  @Singleton
  SessionCookie sessionCookie(Settings settings) {
    return new SessionCookie(settings.publicUrl().filter(PublicUrl::encrypted).isPresent());
  }

  // --- Reading and searching

  @Produces
  @Singleton
  OnnxEmbeddingModel embeddings() {
    return new OnnxEmbeddingModel();
  }

  @Produces
  @Singleton
  Parser parser(Settings settings) {
    return forkedParser(settings);
  }

  @Produces
  @Singleton
  PagePictures pagePictures(Settings settings) {
    return new ForkedPagePictures(forkedParser(settings));
  }

  private static ForkedTikaParser forkedParser(Settings settings) {
    Settings.Ingest ingest = settings.ingest();
    int workers =
        ingest.workers().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    return new ForkedTikaParser(
        ParserLimits.DEFAULT.with(
            limits -> {
              limits.workers = workers;
              limits.heapMegabytes = ingest.parserHeapMib();
              limits.maxInputBytes = ingest.maxInputBytes();
              limits.total = ingest.parseTimeout();
              limits.idle = PARSER_IDLE;
            }));
  }

  /// Opens the index. One that cannot be used is set aside empty: every document is put again from
  /// the blob store.
  @Produces
  @Singleton
  SearchIndex index(DataFolder data, OnnxEmbeddingModel embeddings) {
    try {
      return open(data.index(), embeddings);
    } catch (IndexUnusableException e) {
      LOG.warnf("The search index cannot be used and is made again: %s", e.getMessage());
      empty(data.index());
      return open(data.index(), embeddings);
    }
  }

  private static SearchIndex open(Path folder, OnnxEmbeddingModel embeddings) {
    return LuceneSearchIndex.open(folder, embeddings.modelName(), embeddings.dimension());
  }

  /// Removes everything inside a folder.
  static void empty(Path folder) {
    try (var paths = Files.walk(folder)) {
      List<Path> inside =
          paths.filter(path -> !path.equals(folder)).sorted(Comparator.reverseOrder()).toList();
      for (Path path : inside) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder cannot be emptied", e);
    }
  }

  @Produces
  @Singleton
  Retriever retriever(SearchIndex index, OnnxEmbeddingModel embeddings) {
    return new Retriever(index, embeddings::embedQuery);
  }

  @Produces
  @Singleton
  Answerer answerer(
      AnswerTrail trail,
      Retriever retriever,
      OnnxEmbeddingModel embeddings,
      ChatModels models,
      MeterRegistry meters) {
    return new Answerer(
        new MeasuredRecorder(trail, meters),
        retriever,
        embeddings,
        models::current,
        AnswerLimits.DEFAULT,
        UUID::randomUUID);
  }

  @Produces
  @Singleton
  DocumentFeed feed(
      Documents documents,
      Readings readings,
      BlobStore blobs,
      SearchIndex index,
      Parser parser,
      OnnxEmbeddingModel embeddings,
      MeterRegistry meters) {
    return new DocumentFeed(
        documents,
        readings,
        blobs,
        index,
        new MeasuredParser(parser, meters),
        new Chunker(embeddings),
        embeddings);
  }

  @Produces
  @Singleton
  IngestJobs jobs(
      AgroalDataSource database,
      LibraryCollections collections,
      Groups groups,
      Documents documents,
      IngestRuns runs,
      BlobStore blobs,
      DocumentFeed feed,
      Settings settings) {
    FolderRun folderRun =
        new FolderRun(
            collections, groups, documents, runs, blobs, feed, settings.ingest().maxInputBytes());
    return new IngestJobs(database, feed, folderRun);
  }
}
