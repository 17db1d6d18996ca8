package dev.docent.ingest.tika;

import dev.docent.ingest.PageKind;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.ParsedDocumentCodec;
import dev.docent.ingest.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/// Main class of the child process: reads documents one after another, as the parent asks, until
/// its input closes.
public final class TikaWorker {
  private static final int MAX_REQUEST_BYTES = 1 << 20;

  private final OutputStream out;
  private final byte[] mark;

  private TikaWorker(OutputStream out, byte[] mark) {
    this.out = out;
    this.mark = mark;
  }

  /// No arguments: everything comes in frames on standard input.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    InputStream in = System.in;
    OutputStream out = System.out;
    // a parser that prints must not come between two frames
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    byte[] mark = in.readNBytes(Frame.MARK_BYTES);
    new TikaWorker(out, mark).run(in);
  }

  private void run(InputStream in) throws IOException, InterruptedException {
    var first = Frame.read(mark, in, MAX_REQUEST_BYTES);
    var settings = WorkerSettings.read(data(first));
    var reader = new DocumentReader(settings, this::progress, this::page);
    send(new Frame(Frame.Kind.READY, new byte[0]));
    var requests = new LinkedBlockingQueue<Frame>();
    Thread.ofPlatform().daemon().start(() -> receive(in, requests));
    while (true) {
      Frame request = requests.take();
      var data = data(request);
      if (request.kind() == Frame.Kind.SHOW) {
        send(page(Path.of(data.readUTF()), data.readInt()));
      } else {
        String name = data.readUTF();
        Path file = Path.of(data.readUTF());
        send(frame(read(reader, name, file)));
      }
    }
  }

  /// Runs beside the parsing, so that a parent's death ends a parse that hangs as well.
  private void receive(InputStream in, LinkedBlockingQueue<Frame> requests) {
    try {
      while (true) {
        requests.add(Frame.read(mark, in, MAX_REQUEST_BYTES));
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(0);
    }
  }

  private static ParseOutcome read(DocumentReader reader, String name, Path file) {
    try {
      return reader.read(name, file);
    } catch (StackOverflowError e) {
      return new ParseOutcome.Rejected(RejectReason.TOO_DEEP, "");
    }
  }

  private static Frame frame(ParseOutcome outcome) throws IOException {
    var bytes = new ByteArrayOutputStream();
    return switch (outcome) {
      case ParseOutcome.Parsed(ParsedDocument document) -> {
        ParsedDocumentCodec.write(document, bytes);
        yield new Frame(Frame.Kind.PARSED, bytes.toByteArray());
      }
      case ParseOutcome.Rejected rejected -> Frame.rejected(rejected);
    };
  }

  private static Frame page(Path file, int page) {
    try {
      Optional<ImageFile> opened = ImageFile.open(file.toFile());
      if (opened.isEmpty()) {
        return Frame.rejected(new ParseOutcome.Rejected(RejectReason.UNSUPPORTED_TYPE, ""));
      }
      try (ImageFile image = opened.get()) {
        return new Frame(Frame.Kind.SHOWN, image.jpeg(page));
      }
    } catch (Exception e) {
      return Frame.rejected(DocumentReader.rejected(e));
    }
  }

  private void page(PageKind kind, int page, int pages) {
    var bytes = new ByteArrayOutputStream();
    try {
      var data = new DataOutputStream(bytes);
      data.writeUTF(kind.name());
      data.writeInt(page);
      data.writeInt(pages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress(bytes.toByteArray());
  }

  private void progress() {
    progress(new byte[0]);
  }

  private void progress(byte[] body) {
    try {
      send(new Frame(Frame.Kind.PROGRESS, body));
    } catch (IOException e) {
      // the parent is gone
      Runtime.getRuntime().halt(0);
    }
  }

  private synchronized void send(Frame frame) throws IOException {
    frame.write(mark, out);
  }

  private static DataInputStream data(Frame frame) {
    return new DataInputStream(new ByteArrayInputStream(frame.body()));
  }
}
