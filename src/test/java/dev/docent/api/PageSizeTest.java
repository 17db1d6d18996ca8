package dev.docent.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// What a browser loads before the first paint.
class PageSizeTest {
  private static final int MOST_BYTES = 200_000;
  private static final Pattern LOADED =
      Pattern.compile("(?:src|href)=\"(/assets/[^\"]+\\.(?:js|css))\"");

  @Test
  void theMainBundleIsUnder200KilobytesCompressed() throws IOException {
    int compressed = 0;
    List<String> files = LOADED.matcher(page()).results().map(found -> found.group(1)).toList();
    assertThat(files).hasSizeGreaterThanOrEqualTo(2);
    for (String file : files) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes(file));
      }
      compressed += out.size();
    }
    assertThat(compressed).isLessThan(MOST_BYTES);
  }

  @Test
  void nothingOnThePageIsInline() throws IOException {
    assertThat(page()).doesNotContainPattern("<script(?![^>]*\\ssrc=)|<style|\\son[a-z]+=|style=");
  }

  private static String page() throws IOException {
    return new String(bytes("/index.html"), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String path) throws IOException {
    String name = "META-INF/resources" + path;
    ClassLoader loader = PageSizeTest.class.getClassLoader();
    assumeTrue(
        loader.getResource("META-INF/resources/index.html") != null,
        "the page is not built: build without -Dui.skip");
    try (InputStream in = requireNonNull(loader.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
