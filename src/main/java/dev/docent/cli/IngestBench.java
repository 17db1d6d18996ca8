package dev.docent.cli;

import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.sax.BodyContentHandler;
import org.xml.sax.SAXException;

/// How fast documents become searchable, against what the same libraries do without us: Tika's
/// plain text in windows, embedded by LangChain4j's own model, searchable nowhere.
final class IngestBench implements BenchPart {
  // A passage's usual length.
  private static final int WINDOW_CHARACTERS = 1000;
  private static final String PEER = "Tika and LangChain4j's embedAll";

  private final BenchOptions options;
  private final Terminal terminal;

  IngestBench(BenchOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public void measure(BenchFigures figures) {
    var readings = new ArrayList<BenchService.Reading>();
    var peers = new ArrayList<Peer>();
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    try (var own = new OnnxEmbeddingModel()) {
      var langchain4j = new BgeSmallEnV15QuantizedEmbeddingModel();
      for (int run = 1; run <= options.runs(); run++) {
        terminal.note("  run %d of %d".formatted(run, options.runs()));
        try (var service = new BenchService()) {
          service.up(List.of("--no-model"));
          readings.add(service.read(options.documents()));
        }
        var peer = readPlainly(langchain4j);
        peers.add(peer);
        ours.add(embed(own, peer.texts()));
        theirs.add(embed(langchain4j, peer.texts()));
      }
    }
    figures.add(
        name(), "documents", readings.stream().map(one -> (double) one.documents()).toList());
    figures.add(name(), "passages", readings.stream().map(one -> (double) one.passages()).toList());
    figures.compare(
        name(),
        "documents/s",
        readings.stream().map(one -> one.documents() / seconds(one.took())).toList(),
        new BenchFigures.Peer(
            PEER, peers.stream().map(one -> one.documents() / one.seconds()).toList()));
    figures.compare(
        name(),
        "passages/s",
        readings.stream().map(one -> one.passages() / seconds(one.took())).toList(),
        new BenchFigures.Peer(
            PEER, peers.stream().map(one -> one.texts().size() / one.seconds()).toList()));
    figures.compare(
        name(),
        "embedding alone, texts/s",
        ours,
        new BenchFigures.Peer("LangChain4j's embedAll, the same texts", theirs));
  }

  /// @param seconds of parsing and embedding
  private record Peer(int documents, List<String> texts, double seconds) {}

  private Peer readPlainly(EmbeddingModel model) {
    var began = System.nanoTime();
    var documents = 0;
    var texts = new ArrayList<String>();
    for (var file : files()) {
      var windows = windows(text(file));
      if (!windows.isEmpty()) {
        documents++;
        model.embedAll(windows.stream().map(TextSegment::from).toList());
        texts.addAll(windows);
      }
    }
    return new Peer(documents, texts, (System.nanoTime() - began) / 1e9);
  }

  private List<Path> files() {
    try (var files = Files.walk(options.documents())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !options.documents().relativize(file).toString().startsWith("."))
          .filter(file -> !file.equals(options.questions()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CommandException(
          "The folder %s cannot be read: %s".formatted(options.documents(), e), e);
    }
  }

  private static String text(Path file) {
    var text = new BodyContentHandler(-1);
    try (InputStream in = Files.newInputStream(file)) {
      new AutoDetectParser().parse(in, text, new Metadata());
    } catch (IOException | SAXException | TikaException _) {
      return ""; // the peer does not read it: it counts no document
    }
    return text.toString();
  }

  private static List<String> windows(String text) {
    var windows = new ArrayList<String>();
    for (int from = 0; from < text.length(); from += WINDOW_CHARACTERS) {
      var window = text.substring(from, Math.min(text.length(), from + WINDOW_CHARACTERS));
      if (!window.isBlank()) {
        windows.add(window.strip());
      }
    }
    return windows;
  }

  private static double embed(EmbeddingModel model, List<String> texts) {
    var began = System.nanoTime();
    model.embedAll(texts.stream().map(TextSegment::from).toList());
    return texts.size() / ((System.nanoTime() - began) / 1e9);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
