package dev.docent.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.docent.access.Caller;
import dev.docent.access.Role;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.compliance.audit.Identities;
import dev.docent.compliance.seal.SealedLog;
import dev.docent.compliance.seal.Sealer;
import dev.docent.compliance.tree.Tiles;
import dev.docent.compliance.tree.TreeView;
import dev.docent.library.LibraryException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// The sealed tree over the log: its signed states, its hashes, and proofs. The layout below `log`
/// is that of C2SP tlog-tiles; formats are described in `compliance/README.md`.
@Path("/api/v1/audit")
@RunOnVirtualThread
@Tag(name = "Audit")
final class AuditLogResource {
  private static final Duration SEALED_WITHIN = Duration.ofSeconds(3);
  private static final Pattern TILE =
      Pattern.compile("((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  private final AuditReader reader;
  private final SealedLog log;
  private final Sealer sealer;
  private final Identities identities;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;
  private final LogHealth health;

  @Inject
  AuditLogResource(
      AuditReader reader,
      SealedLog log,
      Sealer sealer,
      Identities identities,
      RequestRecorder recorder,
      SignedIn signedIn,
      LogHealth health) {
    this.reader = reader;
    this.log = log;
    this.sealer = sealer;
    this.identities = identities;
    this.recorder = recorder;
    this.signedIn = signedIn;
    this.health = health;
  }

  // --- The tree

  @GET
  @Path("/log/checkpoint")
  @Produces(MediaType.TEXT_PLAIN)
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE)
  @Operation(
      summary = "The newest signed state of the log",
      description = "A signed note (C2SP tlog-checkpoint) with the witnesses' signatures so far.")
  public String checkpoint(
      @Parameter(description = "Size of an earlier state that was signed") @QueryParam("size")
          @Nullable String size) {
    return head(size).note().format();
  }

  private SealedLog.Head head(@Nullable String size) {
    return Fields.optional("size", size, Long::valueOf, "A size is a number")
        .map(log::at)
        .orElseGet(log::head)
        .orElseThrow(() -> new LibraryException.NotFound("Nothing was signed at this size"));
  }

  @Schema(name = "LogKey")
  record KeyView(
      @Schema(description = "1 until a restored backup opened another") int epoch,
      @Schema(description = "Verifier key, name+id+base64 (C2SP signed-note)") String key,
      @Schema(description = "Signed note by which the key before introduced it; null for a first")
          @Nullable String statement) {}

  @GET
  @Path("/log/keys")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE)
  @Operation(summary = "The keys that sign the log, oldest first")
  public List<KeyView> keys() {
    return log.keys().stream()
        .map(
            key ->
                new KeyView(
                    key.epoch(),
                    key.verifier().line(),
                    key.statement().map(note -> note.format()).orElse(null)))
        .toList();
  }

  @Schema(name = "ConsistencyProof")
  record ConsistencyView(
      long from,
      long to,
      @Schema(description = "Root of the first `from` leaves, hexadecimal") String fromRoot,
      @Schema(description = "Root of the first `to` leaves, hexadecimal") String toRoot,
      @Schema(description = "RFC 9162, 2.1.4; hexadecimal") List<String> path) {}

  @GET
  @Path("/log/consistency")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE)
  @Operation(summary = "Proof that the log of one size begins with the log of another")
  public ConsistencyView consistency(
      @Parameter(description = "The smaller size") @QueryParam("from") @Nullable String from,
      @Parameter(description = "The larger size. Default: the newest signed one") @QueryParam("to")
          @Nullable String to) {
    long newest = head(null).checkpoint().size();
    long larger = Fields.optional("to", to, Long::valueOf, "A size is a number").orElse(newest);
    long smaller = Fields.optional("from", from, Long::valueOf, "A size is a number").orElse(0L);
    if (smaller < 0 || smaller > larger || larger > newest) {
      throw ApiException.invalid("from", "Sizes ascend and are not above the newest signed one");
    }
    TreeView view = log.view(newest);
    return new ConsistencyView(
        smaller,
        larger,
        hex(view.root(smaller)),
        hex(view.root(larger)),
        hex(view.consistency(smaller, larger)));
  }

  @GET
  @Path("/log/tile/{level}/{tile:.+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.NONE)
  @Operation(
      summary = "A tile of the tree: up to 256 hashes of 32 bytes",
      description = "Named as in C2SP tlog-tiles: 0/x001/x234/067, or 0/067.p/12 for a part.")
  public Response tile(@PathParam("level") String level, @PathParam("tile") String tile) {
    Matcher name = TILE.matcher(tile);
    if (!level.matches("[0-7]") || !name.matches()) {
      throw new LibraryException.NotFound("There is no such tile");
    }
    int height = Integer.parseInt(level);
    long index = Long.parseLong(name.group(1).replaceAll("[x/]", ""));
    int width = name.group(2) == null ? Tiles.WIDTH : Integer.parseInt(name.group(2));
    long available = (head(null).checkpoint().size() >>> (8 * height)) - index * Tiles.WIDTH;
    if (width > Tiles.WIDTH || width > available) {
      throw new LibraryException.NotFound("There is no such tile");
    }
    return Response.ok(log.read(height, index, width)).build();
  }

  // --- Proofs of records

  @Schema(name = "ProvedRecord")
  record ProvedView(
      UUID id,
      String act,
      String outcome,
      Instant time,
      @Schema(
              description = "The record itself: canonical JSON, as it is hashed",
              type = SchemaType.OBJECT)
          @JsonRawValue
          String record,
      @Schema(description = "Place in the tree, from 0; null until sealed") @Nullable Long sequence,
      @Schema(description = "SHA-256(0x00 || record), hexadecimal; null until sealed")
          @Nullable String leaf,
      @Schema(description = "Audit path from the leaf upwards (RFC 9162, 2.1.3), hexadecimal")
          List<String> path) {}

  @Schema(name = "Proof")
  record ProofView(
      @Schema(description = "Signed note: origin, size and root of the tree; null until sealed")
          @Nullable String checkpoint,
      @Nullable Long treeSize,
      @Schema(description = "Hexadecimal") @Nullable String root,
      @Schema(description = "The keys of the log; take them from another source too")
          List<KeyView> keys,
      List<ProvedView> records) {}

  @GET
  @Path("/events/{id}/proof")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.SHOWN, records = "audit.read")
  @Operation(summary = "One record with the proof of its place in the signed log")
  public ProofView proof(@PathParam("id") UUID id) {
    AuditRecord record =
        reader
            .find(id)
            .orElseThrow(
                () ->
                    new LibraryException.NotFound(
                        LibraryException.Reason.NO_SUCH_RECORD, "There is no such record"));
    ProofView proof = proof(List.of(sealed(record)));
    recorder.auditRead(signedIn.caller(), Set.of(), Optional.empty(), Optional.of(id), 1);
    return proof;
  }

  @GET
  @Path("/receipts/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "audit.read")
  @Operation(
      summary = "The receipt of an answer: its records, each with its proof",
      description =
          "The id is that of the question's record, `audit.intent` of an answer. An employee gets"
              + " the receipts of the own questions only.")
  public ProofView receipt(@PathParam("id") UUID id) {
    Caller caller = signedIn.caller();
    List<AuditRecord> records =
        recorder.recordingDenial(caller, signedIn.operation(), () -> ofQuestion(caller, id));
    ProofView proof = proof(records.stream().map(this::sealed).toList());
    recorder.auditRead(caller, Set.of(), Optional.empty(), Optional.of(id), records.size());
    return proof;
  }

  private List<AuditRecord> ofQuestion(Caller caller, UUID id) {
    List<AuditRecord> records = reader.question(id);
    if (records.isEmpty() || !mayRead(caller, records)) {
      throw new LibraryException.NotFound("There is no such receipt");
    }
    return records;
  }

  private boolean mayRead(Caller caller, List<AuditRecord> records) {
    return caller.has(Role.COMPLIANCE_OFFICER)
        || identities
            .find(caller.id())
            .filter(own -> records.stream().allMatch(record -> isOf(own, record)))
            .isPresent();
  }

  /// What the service adds to a question, such as its end after a crash, is the asker's to see.
  private static boolean isOf(ActorRef own, AuditRecord record) {
    return record.actor().equals(own) || record.actor().equals(ActorRef.SYSTEM);
  }

  /// The record with its place, waiting a moment for a record that is about to be sealed.
  private AuditRecord sealed(AuditRecord record) {
    return record.sequence().isEmpty() && sealer.await(record.id(), log, SEALED_WITHIN).isPresent()
        ? reader.find(record.id()).orElse(record)
        : record;
  }

  private ProofView proof(List<AuditRecord> records) {
    Optional<SealedLog.Head> head = log.head();
    long size = head.map(known -> known.checkpoint().size()).orElse(0L);
    TreeView view = log.view(size);
    return new ProofView(
        head.map(known -> known.note().format()).orElse(null),
        head.map(known -> known.checkpoint().size()).orElse(null),
        head.map(known -> hex(known.checkpoint().root())).orElse(null),
        keys(),
        records.stream().map(record -> proved(record, view)).toList());
  }

  private static ProvedView proved(AuditRecord record, TreeView view) {
    boolean sealed = record.sequence().isPresent() && record.sequence().getAsLong() < view.size();
    return new ProvedView(
        record.id(),
        record.act(),
        record.outcome(),
        record.time(),
        record.canonical(),
        sealed ? record.sequence().getAsLong() : null,
        sealed ? record.leafHash().orElseThrow().hex() : null,
        sealed ? hex(view.inclusion(record.sequence().getAsLong(), view.size())) : List.of());
  }

  // --- Health

  @GET
  @Path("/health")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.NONE)
  @Operation(summary = "How the log is: newest state, lag, witness, last check")
  public LogHealth.HealthView health() {
    return health.now();
  }

  @POST
  @Path("/verifications")
  @ResponseStatus(202)
  @Route(
      may = Route.Who.COMPLIANCE_OFFICER,
      trace = Route.Trace.INTENT_AND_OUTCOME,
      records = {"audit.verification_started", "audit.verified"})
  @Operation(
      summary = "Check the whole log in the database against its newest signed state",
      description =
          "On record before it begins, and its result as audit.verified; health tells how far it"
              + " is.")
  public LogHealth.VerificationView verify() {
    health.startCheck(recorder.reference(signedIn.caller()));
    return health.verification();
  }

  @POST
  @Path("/log/key")
  @Route(may = Route.Who.OPERATOR, trace = Route.Trace.CHANGE, records = "audit.key_announced")
  @Operation(
      summary = "Replace the key that signs the log",
      description = "The old key seals a record that announces the new one, and introduces it.")
  public KeyView rotateKey() {
    sealer.rotateKey(recorder.reference(signedIn.caller()));
    return keys().getLast();
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(AuditLogResource::hex).toList();
  }
}
