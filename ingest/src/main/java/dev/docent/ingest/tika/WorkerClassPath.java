package dev.docent.ingest.tika;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// The class path a child process needs, however this one was started: plain `java -cp`, a test
/// runner, or a server's own class loader, where `java.class.path` names only a starter jar.
final class WorkerClassPath {
  private WorkerClassPath() {}

  static String current() throws IOException {
    Set<Path> entries = new LinkedHashSet<>();
    CodeSource own = TikaWorker.class.getProtectionDomain().getCodeSource();
    if (own != null && own.getLocation() != null) {
      add(own.getLocation(), entries);
    }
    ClassLoader loader = TikaWorker.class.getClassLoader();
    for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
      if (manifest.openConnection() instanceof JarURLConnection jar) {
        add(jar.getJarFileURL(), entries);
      }
    }
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(Path.of(entry).toAbsolutePath());
      }
    }
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }

  private static void add(URL location, Set<Path> entries) throws IOException {
    if (!location.getProtocol().equals("file")) {
      return;
    }
    try {
      entries.add(Path.of(new URI(location.toString().replace(" ", "%20"))).toAbsolutePath());
    } catch (URISyntaxException e) {
      throw new IOException("class path entry " + location, e);
    }
  }
}
