package dev.docent.api;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A route as the OpenAPI document writes it: `/api/v1/documents/{id}`.
final class RouteTemplate {
  private RouteTemplate() {}

  static String of(ResourceInfo target) {
    return of(
        target.getResourceClass().getAnnotation(Path.class),
        target.getResourceMethod().getAnnotation(Path.class));
  }

  private static String of(@org.jspecify.annotations.Nullable Path... parts) {
    return Stream.of(parts)
        .filter(part -> part != null)
        .map(part -> part.value().replaceAll("^/|/$", ""))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/", "/", ""));
  }
}
