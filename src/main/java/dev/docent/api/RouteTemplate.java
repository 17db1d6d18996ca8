package dev.docent.api;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A route as the OpenAPI document writes it: `/api/v1/documents/{id}`.
final class RouteTemplate {
  private RouteTemplate() {}

  static String of(ResourceInfo target) {
    return of(target.getResourceClass(), target.getResourceMethod());
  }

  static String of(Class<?> resource, Method method) {
    return of(resource.getAnnotation(Path.class), method.getAnnotation(Path.class));
  }

  private static String of(@Nullable Path... parts) {
    return Stream.of(parts)
        .filter(part -> part != null)
        .map(part -> part.value().replaceAll("^/|/$", ""))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/", "/", ""));
  }
}
