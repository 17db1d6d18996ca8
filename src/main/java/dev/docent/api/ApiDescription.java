package dev.docent.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/// What holds for every operation of the OpenAPI document, said once: errors are problems (RFC
/// 9457), a caller is known by a token or by the page's cookie, answers can stream.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {
  private static final String BEARER = "bearer";
  private static final String SESSION = "session";
  private static final String PROBLEM = "Problem";

  // The only way in without credentials: it is where they are given.
  private static final String SIGN_IN = "/api/v1/session";

  private static final String ASK = "/api/v1/ask";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.getComponents()
        .setSecuritySchemes(
            new LinkedHashMap<>(
                Map.of(
                    BEARER,
                    OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme(BEARER)
                        .description("A personal token, or the local operator's"),
                    SESSION,
                    OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name(RequestGate.COOKIE)
                        .description(
                            "The page's session. What changes something also needs the header "
                                + RequestGate.CSRF_HEADER))));
    api.getComponents().addResponse(PROBLEM, problem());
    api.setSecurity(List.of(requirement(BEARER), requirement(SESSION)));
    api.getPaths().getPathItems().forEach(ApiDescription::describe);
  }

  private static void describe(String path, PathItem item) {
    item.getOperations()
        .forEach(
            (method, operation) -> {
              APIResponses responses = operation.getResponses();
              // Those that the framework adds for a validated body, without a form.
              responses.removeAPIResponse("400");
              responses.setDefaultValue(OASFactory.createAPIResponse().ref(PROBLEM));
              if (path.equals(SIGN_IN) && method == PathItem.HttpMethod.POST) {
                operation.setSecurity(List.of());
              }
            });
    if (path.equals(ASK)) {
      streams(item.getPOST());
    }
  }

  private static void streams(Operation ask) {
    ask.getResponses()
        .getAPIResponse("200")
        .getContent()
        .addMediaType(
            MediaType.SERVER_SENT_EVENTS,
            OASFactory.createMediaType()
                .schema(
                    OASFactory.createSchema()
                        .addType(Schema.SchemaType.STRING)
                        .description(
                            "Server-sent events stage, quotation, sources, token, then answer or"
                                + " error; the data of each is a JSON object")));
  }

  private static APIResponse problem() {
    return OASFactory.createAPIResponse()
        .description("An error (RFC 9457); its code is stable")
        .content(
            OASFactory.createContent()
                .addMediaType(
                    Problem.MEDIA_TYPE,
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))));
  }

  private static SecurityRequirement requirement(String scheme) {
    return OASFactory.createSecurityRequirement().addScheme(scheme);
  }
}
