package dev.docent.ingest.tika;

import dev.docent.ingest.PageKind;
import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParsedDocumentCodec;
import dev.docent.ingest.ParserUnavailableException;
import dev.docent.ingest.RejectReason;
import dev.docent.ingest.SourceDocument;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One child process and the folder for its temporary files. Confined to one caller at a time.
final class Worker implements AutoCloseable {
  /// `-XX:+ExitOnOutOfMemoryError` ends a JVM with this status.
  private static final int OUT_OF_MEMORY = 3;

  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SystemRoot");

  private static final Duration START = Duration.ofSeconds(90);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ParserLimits limits;
  private final Path temporary;
  private final Process process;
  private final byte[] mark = new byte[Frame.MARK_BYTES];
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  /// What the reading thread has seen: a frame, or why there will be none.
  private record Arrival(@Nullable Frame frame, @Nullable IOException end) {}

  private Worker(ParserLimits limits, Path temporary, String classPath) throws IOException {
    this.limits = limits;
    this.temporary = temporary;
    RANDOM.nextBytes(mark);
    var builder = new ProcessBuilder(NoNetwork.without(command(limits, temporary)));
    // what a library prints about a document may quote it: nobody reads or keeps it
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.directory(temporary.toFile());
    // nothing the service knows by its environment is the parser's business
    builder.environment().keySet().retainAll(ENVIRONMENT);
    builder.environment().put("CLASSPATH", classPath);
    this.process = builder.start();
    Thread.ofVirtual().name("parser-worker-reader").start(this::readFrames);
  }

  static Worker start(ParserLimits limits, String classPath) {
    try {
      Path temporary = Files.createTempDirectory("docent-parser-");
      var worker = new Worker(limits, temporary, classPath);
      worker.awaitReady();
      return worker;
    } catch (IOException e) {
      throw new ParserUnavailableException("the parser's process cannot be started", e);
    }
  }

  private static List<String> command(ParserLimits limits, Path temporary) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "-Xmx" + limits.heapMegabytes() + "m",
        "-Xss4m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        "-XX:MinHeapFreeRatio=10",
        "-XX:MaxHeapFreeRatio=30",
        "-Djava.awt.headless=true",
        "-Djava.io.tmpdir=" + temporary,
        "-Duser.home=" + temporary,
        "-Dfile.encoding=UTF-8",
        TikaWorker.class.getName());
  }

  private void awaitReady() throws IOException {
    try {
      OutputStream in = process.getOutputStream();
      in.write(mark);
      new Frame(Frame.Kind.REQUEST, settings()).write(mark, in);
      Arrival first = arrivals.poll(START.toMillis(), TimeUnit.MILLISECONDS);
      if (first == null || first.frame() == null || first.frame().kind() != Frame.Kind.READY) {
        close();
        throw new ParserUnavailableException(
            "the parser's process does not start (status " + status() + ")",
            first == null ? null : first.end());
      }
    } catch (InterruptedException e) {
      close();
      throw interrupted(e);
    }
  }

  private byte[] settings() throws IOException {
    var bytes = new ByteArrayOutputStream();
    WorkerSettings.of(limits).write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /// Reads one document. Afterwards the child may be dead: see [#isAlive].
  ParseOutcome parse(SourceDocument source, PageListener listener) {
    Frame answer =
        ask(
            Frame.Kind.REQUEST,
            data -> {
              data.writeUTF(shortName(source.name()));
              data.writeUTF(source.file().toAbsolutePath().toString());
            },
            listener);
    try {
      return answer.kind() == Frame.Kind.PARSED
          ? new ParseOutcome.Parsed(
              ParsedDocumentCodec.read(new ByteArrayInputStream(answer.body())))
          : answer.rejection();
    } catch (IOException e) {
      close();
      return new ParseOutcome.Rejected(RejectReason.CRASHED, "");
    }
  }

  /// A page of an image file, or why it cannot be shown. Likewise.
  Frame show(Path file, int page) {
    return ask(
        Frame.Kind.SHOW,
        data -> {
          data.writeUTF(file.toAbsolutePath().toString());
          data.writeInt(page);
        },
        PageListener.NONE);
  }

  private interface Request {
    void writeTo(DataOutputStream data) throws IOException;
  }

  private Frame ask(Frame.Kind kind, Request request, PageListener listener) {
    try {
      var bytes = new ByteArrayOutputStream();
      request.writeTo(new DataOutputStream(bytes));
      new Frame(kind, bytes.toByteArray()).write(mark, process.getOutputStream());
      return await(listener);
    } catch (IOException e) {
      return ended();
    } catch (InterruptedException e) {
      close();
      throw interrupted(e);
    } finally {
      emptyTemporary();
    }
  }

  /// The child's answer, or a rejection in its place.
  private Frame await(PageListener listener) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + limits.total().toNanos();
    while (true) {
      long patience = Math.min(limits.stall().toNanos(), deadline - System.nanoTime());
      Arrival arrival = arrivals.poll(Math.max(0, patience), TimeUnit.NANOSECONDS);
      if (arrival == null) {
        close();
        return Frame.rejected(new ParseOutcome.Rejected(RejectReason.TIMED_OUT, ""));
      }
      if (arrival.end() instanceof Frame.FrameTooLongException) {
        close();
        return Frame.rejected(
            new ParseOutcome.Rejected(RejectReason.TOO_LARGE, "its text is too long"));
      }
      if (arrival.frame() == null) {
        return ended();
      }
      Frame frame = arrival.frame();
      switch (frame.kind()) {
        case PROGRESS -> tell(listener, frame.body());
        case READY, REQUEST, SHOW -> {}
        case PARSED, SHOWN, REJECTED -> {
          return frame;
        }
      }
    }
  }

  private static void tell(PageListener listener, byte[] body) throws IOException {
    if (body.length > 0) {
      var data = new DataInputStream(new ByteArrayInputStream(body));
      listener.page(PageKind.valueOf(data.readUTF()), data.readInt(), data.readInt());
    }
  }

  private Frame ended() {
    close();
    return Frame.rejected(
        status() == OUT_OF_MEMORY
            ? new ParseOutcome.Rejected(
                RejectReason.OUT_OF_MEMORY, limits.heapMegabytes() + " MB for one document")
            : new ParseOutcome.Rejected(RejectReason.CRASHED, ""));
  }

  private void readFrames() {
    try (var out = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      // a text of n characters with its positions takes about 3 n bytes
      int maxBody = (int) Math.min(1L << 30, 16L * limits.maxCharacters() + (1 << 20));
      while (true) {
        arrivals.add(new Arrival(Frame.read(mark, out, maxBody), null));
      }
    } catch (EOFException e) {
      arrivals.add(new Arrival(null, e));
    } catch (IOException e) {
      arrivals.add(new Arrival(null, e));
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  private int status() {
    try {
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Override
  public void close() {
    try {
      // the child's own exit status tells more than ours: let a dying one die
      if (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    emptyTemporary();
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException("the parser's temporary folder cannot be removed", e);
    }
  }

  private void emptyTemporary() {
    if (!Files.exists(temporary)) {
      return;
    }
    try {
      Files.walkFileTree(temporary, new Emptying(temporary));
    } catch (IOException e) {
      throw new UncheckedIOException("the parser's temporary folder cannot be emptied", e);
    }
  }

  private static final class Emptying extends SimpleFileVisitor<Path> {
    private final Path root;

    Emptying(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (!folder.equals(root)) {
        Files.deleteIfExists(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /// The end of a long name tells the type; `writeUTF` takes 64 KiB.
  private static String shortName(String name) {
    return name.length() <= 1_000 ? name : name.substring(name.length() - 1_000);
  }

  private static ParserUnavailableException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ParserUnavailableException("interrupted while parsing", e);
  }
}
