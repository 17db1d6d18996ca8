package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutesTest {
  /// A route by its method and template.
  record Known(String operation, Method method) {
    Optional<Route> rule() {
      return Optional.ofNullable(method.getAnnotation(Route.class));
    }
  }

  static List<Known> all() {
    return new ClassFileImporter()
        .importPackages("dev.docent").stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .flatMap(RoutesTest::routes)
            .toList();
  }

  private static Stream<Known> routes(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods())
        .flatMap(
            method ->
                Arrays.stream(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .map(
                        verb ->
                            new Known(
                                verb.value() + " " + RouteTemplate.of(resource, method), method)));
  }

  @Test
  void everyRouteSaysWhoMayUseItAndHowThatIsRecorded() {
    assertThat(all()).hasSizeGreaterThan(35);
    assertThat(all()).filteredOn(route -> route.rule().isEmpty()).isEmpty();
  }

  @Test
  void onlyTheseNeedNoCredentials() {
    assertThat(with(Route.Who.ANYONE)).containsExactly("POST /api/v1/session");
  }

  @Test
  void onlyTheseLeaveNoRecordWhenAllowed() {
    assertThat(all())
        .filteredOn(route -> route.rule().orElseThrow().trace() == Route.Trace.NONE)
        .extracting(Known::operation)
        .containsExactlyInAnyOrder(
            "GET /api/v1/me",
            "GET /api/v1/uploads",
            "POST /api/v1/uploads",
            "HEAD /api/v1/uploads/{id}",
            "PATCH /api/v1/uploads/{id}",
            "GET /api/v1/status",
            "GET /api/v1/audit/exports",
            "GET /api/v1/audit/health",
            "GET /api/v1/audit/log/checkpoint",
            "GET /api/v1/audit/log/keys",
            "GET /api/v1/audit/log/consistency",
            "GET /api/v1/audit/log/tile/{level}/{tile:.+}");
  }

  @Test
  void everyOtherRouteNamesItsRecords() {
    assertThat(all())
        .allSatisfy(
            route -> {
              Route rule = route.rule().orElseThrow();
              assertThat(rule.records().length == 0)
                  .as(route.operation())
                  .isEqualTo(rule.trace() == Route.Trace.NONE);
            });
  }

  @Test
  void onlyTheseWorkBeforeTheFirstPasswordIsChanged() {
    assertThat(all())
        .filteredOn(route -> route.rule().orElseThrow().beforePasswordChange())
        .extracting(Known::operation)
        .containsExactlyInAnyOrder(
            "GET /api/v1/me", "POST /api/v1/me/password", "DELETE /api/v1/session");
  }

  private static List<String> with(Route.Who who) {
    return all().stream()
        .filter(route -> route.rule().orElseThrow().may() == who)
        .map(Known::operation)
        .toList();
  }
}
