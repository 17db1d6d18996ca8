package dev.docent.ingest.tika;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Does to its process what bad documents do to real parsers, as the document's text says. Found by
/// the child through the test class path, for a type that no other parser reads.
public final class MisbehavingParser implements Parser {
  private static final long serialVersionUID = 1L;

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of(MediaType.application("x-mysql-misam-data"));
  }

  @Override
  public void parse(InputStream in, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException {
    String deed = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\0", "");
    switch (deed) {
      case "hang" -> hang();
      case "halt" -> Runtime.getRuntime().halt(1);
      case "memory" -> hoard();
      case "recursion" -> recurse(1);
      case "print" -> print();
      case "litter" ->
          Files.writeString(Path.of(System.getProperty("java.io.tmpdir"), "litter"), "litter");
      default -> throw new IllegalArgumentException(deed);
    }
    var xhtml = new XHTMLContentHandler(handler, metadata);
    xhtml.startDocument();
    xhtml.element("p", "survived");
    xhtml.endDocument();
  }

  private static void hang() {
    while (true) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        // a parser that hangs does not listen
      }
    }
  }

  private static void hoard() {
    List<byte[]> hoard = new ArrayList<>();
    while (true) {
      hoard.add(new byte[8 << 20]);
    }
  }

  private static int recurse(int depth) {
    return depth < 0 ? 0 : 1 + recurse(depth + 1);
  }

  private static void print() throws IOException {
    System.out.println("debug output of a library");
    // not closed: the child still needs the descriptor for its answer
    @SuppressWarnings("resource")
    var raw = new FileOutputStream(FileDescriptor.out);
    for (int i = 0; i < 10_000; i++) {
      raw.write(("debug output past System.out " + i + "\n").getBytes(StandardCharsets.UTF_8));
    }
    raw.flush();
  }
}
