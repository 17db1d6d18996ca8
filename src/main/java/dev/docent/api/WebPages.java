package dev.docent.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// The web application's page at every address that is not another's, and what a browser is told
/// not to do with anything that comes from here.
@Singleton
final class WebPages {
  private static final String PAGE = "/index.html";
  private static final List<String> OTHERS = List.of("/api/", "/q/", "/assets/");

  // Scripts, styles, fonts and workers come from the service alone; images also from what the page
  // itself made (pages of documents as they are drawn).
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'self'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data: blob:",
          "font-src 'self' data:",
          "worker-src 'self' blob:",
          "connect-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'");

  private final boolean present =
      Thread.currentThread().getContextClassLoader().getResource("META-INF/resources" + PAGE)
          != null;

  void routes(@Observes Router router) {
    if (present) {
      router.get().order(Integer.MIN_VALUE + 1).handler(WebPages::page);
    }
  }

  private static void page(RoutingContext context) {
    String path = context.normalizedPath();
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    boolean page = accept != null && accept.contains("text/html") && !path.equals(PAGE);
    boolean file = path.substring(path.lastIndexOf('/') + 1).contains(".");
    if (page && !file && OTHERS.stream().noneMatch((path + "/")::startsWith)) {
      context.reroute(HttpMethod.GET, PAGE);
    } else {
      context.next();
    }
  }

  void headers(@Observes Filters filters) {
    filters.register(WebPages::protect, 100);
  }

  private static void protect(RoutingContext context) {
    context.addHeadersEndHandler(
        _ -> {
          var headers = context.response().headers();
          // A document's bytes come with a policy that is stricter still.
          if (!headers.contains("Content-Security-Policy")) {
            headers.set("Content-Security-Policy", POLICY);
          }
          if (context.normalizedPath().startsWith("/api/") && !headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "no-store");
          }
        });
    context.next();
  }
}
