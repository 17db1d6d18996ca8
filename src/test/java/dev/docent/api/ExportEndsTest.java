package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.access.Caller;
import dev.docent.compliance.audit.AuditEvent.ExportForm;
import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.seal.BundleExport;
import dev.docent.compliance.seal.SealedLog;
import dev.docent.compliance.seal.Sealer;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// However an export ends, its intent has an end on record.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ExportEndsTest {
  @Inject AuditExports exports;
  @Inject AuditReader reader;
  @Inject SealedLog log;
  @Inject Sealer sealer;
  @Inject BundleExport bundles;
  @Inject RequestRecorder recorder;
  @Inject OperatorToken operator;

  private final UUID document = UUID.randomUUID();
  private final List<Handler<AsyncResult<Void>>> whenOver = new ArrayList<>();

  /// An exchange that this test ends.
  private RoutingContext exchange() {
    return (RoutingContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RoutingContext.class},
            (_, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("addEndHandler");
              @SuppressWarnings("unchecked")
              Handler<AsyncResult<Void>> handler = (Handler<AsyncResult<Void>>) arguments[0];
              whenOver.add(handler);
              return 0;
            });
  }

  private Response begin(AuditExports of) {
    Caller caller = operator.matches(Service.operatorToken()).orElseThrow();
    return of.response(
        caller,
        ExportForm.CSV,
        AuditQuery.ALL.withDocument(document),
        Set.of("document"),
        OptionalLong.empty(),
        exchange());
  }

  private JsonPath end() {
    String intent =
        events("audit.export_started")
            .getString("items.find { it.record.data.document == '" + document + "' }.id");
    String found = "items.find { it.record.data.intent == '" + intent + "' }";
    Service.await(
        "the export's end is on record", () -> events("audit.export_finished").get(found) != null);
    return events("audit.export_finished").setRootPath(found);
  }

  private static JsonPath events(String act) {
    return Service.operator().queryParam("act", act).get("/api/v1/audit/events").jsonPath();
  }

  @Test
  void oneWhoseClientIsGoneBeforeItRunsIsCancelled() {
    Response response = begin(exports);
    whenOver.getFirst().handle(Future.succeededFuture());

    assertThat(end().getString("outcome")).isEqualTo("cancelled");
    StreamingOutput body = (StreamingOutput) response.getEntity();
    assertThatThrownBy(() -> body.write(new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void oneThatIsOverAfterItRanHasOneEnd() throws IOException {
    Response response = begin(exports);
    ((StreamingOutput) response.getEntity()).write(new ByteArrayOutputStream());
    whenOver.getFirst().handle(Future.succeededFuture());

    JsonPath end = end();
    assertThat(end.getString("outcome")).isEqualTo("success");
    String intent = end.getString("record.data.intent");
    assertThat(
            Service.operator()
                .queryParam("intent", intent)
                .get("/api/v1/audit/events")
                .jsonPath()
                .getList("items.act"))
        .containsExactly("audit.export_finished", "audit.export_started");
  }

  @Test
  void oneWhoseRecordsCannotBeCountedHasFailed() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setPortNumbers(new int[] {1});
    AuditExports blind = new AuditExports(new AuditReader(nowhere), log, sealer, bundles, recorder);

    assertThatThrownBy(() -> begin(blind)).isInstanceOf(AuditUnavailableException.class);

    assertThat(end().getString("outcome")).isEqualTo("failure");
  }
}
