package dev.docent.api;

import dev.docent.library.LibraryDocument;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.PathPart;
import org.jspecify.annotations.Nullable;

/// A document's bytes as a response that no browser runs: an attachment, of a type that is not
/// guessed, in a sandbox. RFC 9110, 14: one byte range; several are answered with the whole.
final class OriginalBytes {
  private static final String PDF = "application/pdf";
  static final String PAGE = "image/jpeg";

  /// Image files that are read, and whose pages are shown. No type of text is among them.
  static final Set<String> IMAGES =
      Set.of("image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp");

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private OriginalBytes() {}

  /// @param first offset
  /// @param last inclusive
  private record Range(long first, long last) {}

  static Response response(
      LibraryDocument document, Path file, @Nullable String range, @Nullable String ifRange) {
    long size = size(file);
    String tag = "\"" + document.revision() + "\"";
    boolean current = ifRange == null || ifRange.equals(tag);
    Matcher wanted = RANGE.matcher(range == null || !current ? "" : range.replace(" ", ""));
    Response.ResponseBuilder response;
    if (wanted.matches() && !(wanted.group(1).isEmpty() && wanted.group(2).isEmpty())) {
      Optional<Range> part = part(wanted.group(1), wanted.group(2), size);
      if (part.isEmpty()) {
        return Response.fromResponse(
                Problem.response(
                    ErrorCode.RANGE_NOT_SATISFIABLE, "The document has %d bytes".formatted(size)))
            .header("Content-Range", "bytes */" + size)
            .build();
      }
      long first = part.get().first();
      long length = part.get().last() - first + 1;
      response =
          Response.status(Response.Status.PARTIAL_CONTENT)
              .entity(new PathPart(file, first, length))
              .header("Content-Range", "bytes %d-%d/%d".formatted(first, part.get().last(), size));
    } else {
      response = Response.ok(file);
    }
    return harmless(response)
        .type(document.mediaType().filter(PDF::equals).orElse("application/octet-stream"))
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition(document.path()))
        .header("Accept-Ranges", "bytes")
        .header(HttpHeaders.ETAG, tag)
        .build();
  }

  /// A picture of a page, of which a browser may show nothing but the picture.
  static Response page(byte[] jpeg) {
    return harmless(Response.ok(jpeg)).type(PAGE).build();
  }

  private static Response.ResponseBuilder harmless(Response.ResponseBuilder response) {
    return response
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store");
  }

  private static Optional<Range> part(String first, String last, long size) {
    Range range =
        first.isEmpty()
            ? new Range(Math.max(0, size - Long.parseLong(last)), size - 1)
            : new Range(
                Long.parseLong(first),
                last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last)));
    return range.first() > range.last() ? Optional.empty() : Optional.of(range);
  }

  /// RFC 6266: an ASCII name for old clients, the real one for others.
  private static String disposition(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String plain = name.replaceAll("[^A-Za-z0-9 ._-]", "_");
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, encoded);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
