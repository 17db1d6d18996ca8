package dev.docent.ingest.tika;

import dev.docent.ingest.tika.OfficeXml.Node;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.tika.mime.MediaType;

/// A copy of an office document in which what nobody can see is missing: hidden text, rows,
/// columns, sheets and slides, text too small to see or in the colour of what lies under it. Parts
/// are known by their outermost element: their names are the file's own choice.
final class VisibleCopy {
  /// A bracket, white space, the marks of UTF-8 and UTF-16, either half of a UTF-16 character, and
  /// the bracket of EBCDIC, as a parser of XML takes them.
  private static final String BEGINS_XML = "< \t\r\n\0L\u00ef\u00fe\u00ff";

  private final List<Part> parts;
  private final ZipSecureFile zip;
  private final Runnable progress;
  private final Map<String, Node> trees = new HashMap<>();

  /// @param root of an XML part, without what is in it
  record Part(ZipArchiveEntry entry, Optional<Node> root) {
    boolean isA(String name) {
      return root.isPresent() && root.get().name().equals(name);
    }
  }

  private VisibleCopy(ZipSecureFile zip, Runnable progress) throws IOException {
    this.zip = zip;
    this.progress = progress;
    this.parts = new ArrayList<>();
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      parts.add(new Part(entry, root(entry)));
    }
  }

  /// Whether a document of this type is looked through: a ZIP file with XML in it. The binary forms
  /// of old and OpenDocument in a single file of XML are not.
  static boolean knows(MediaType type) {
    String name = type.getBaseType().toString().toLowerCase(Locale.ROOT);
    return !name.contains("flat")
        && Stream.of("openxmlformats", "macroenabled", "opendocument").anyMatch(name::contains);
  }

  /// Writes a copy if the document hides anything.
  ///
  /// @return whether it does
  static boolean write(Path document, Path copy, Runnable progress) throws IOException {
    try (var zip = new ZipSecureFile(document.toFile())) {
      var visible = new VisibleCopy(zip, progress);
      boolean hides = visible.hidesText();
      if (hides) {
        visible.write(copy);
      }
      return hides;
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private boolean hidesText() throws IOException, XMLStreamException {
    for (Part part : parts) {
      Optional<OfficeXml.Rules> rules = rules(part);
      if (rules.isPresent()) {
        try (InputStream in = open(part.entry())) {
          if (OfficeXml.hidesText(in, rules.get())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void write(Path copy) throws IOException, XMLStreamException {
    try (var out = new ZipArchiveOutputStream(copy.toFile())) {
      out.setLevel(Deflater.BEST_SPEED);
      for (Part part : parts) {
        Optional<OfficeXml.Rules> rules = rules(part);
        if (rules.isPresent()) {
          out.putArchiveEntry(new ZipArchiveEntry(part.entry().getName()));
          try (InputStream in = open(part.entry())) {
            OfficeXml.copy(in, out, rules.get());
          }
          out.closeArchiveEntry();
        } else {
          out.addRawArchiveEntry(part.entry(), zip.getRawInputStream(part.entry()));
        }
      }
    }
  }

  private Optional<OfficeXml.Rules> rules(Part part) throws IOException, XMLStreamException {
    return switch (part.root().map(Node::name).orElse("")) {
      case "document", "hdr", "ftr", "footnotes", "endnotes", "comments" ->
          Optional.of(new HiddenInText(trees("styles"), !part.isA("hdr") && !part.isA("ftr")));
      case "workbook", "worksheet" -> Optional.of(new HiddenInSheets(trees("styleSheet")));
      case "sld", "notes" -> HiddenInSlides.rules(part, this);
      case "document-content", "document-styles" ->
          Optional.of(new HiddenInOpenDocument(trees("document-styles", "document-content")));
      default -> Optional.empty();
    };
  }

  /// The parts with one of these outermost elements, a document's own before those of its
  /// attachments.
  List<Node> trees(String... names) throws IOException, XMLStreamException {
    List<Node> trees = new ArrayList<>();
    for (Part part :
        parts.stream()
            .filter(part -> Stream.of(names).anyMatch(part::isA))
            .sorted(Comparator.comparing(part -> part.entry().getName().length()))
            .toList()) {
      trees.add(tree(part));
    }
    return trees;
  }

  /// A whole part, which is kept: styles, layouts and relations serve many others.
  Node tree(Part part) throws IOException, XMLStreamException {
    Node known = trees.get(part.entry().getName());
    if (known != null) {
      return known;
    }
    try (InputStream in = open(part.entry())) {
      Node tree = OfficeXml.tree(in);
      trees.put(part.entry().getName(), tree);
      return tree;
    }
  }

  /// The parts with one outermost element that a part refers to.
  List<Part> related(Part part, String name) throws IOException, XMLStreamException {
    String path = part.entry().getName();
    int folder = path.lastIndexOf('/') + 1;
    String relations = path.substring(0, folder) + "_rels/" + path.substring(folder) + ".rels";
    List<String> targets = new ArrayList<>();
    for (Part known : parts) {
      if (known.entry().getName().equals(relations)) {
        for (Node relation : tree(known).all("Relationship")) {
          String target = relation.attributes().getOrDefault("Target", "");
          targets.add(
              target.startsWith("/")
                  ? target.substring(1)
                  : Path.of(path.substring(0, folder), target).normalize().toString());
        }
      }
    }
    return parts.stream()
        .filter(known -> known.isA(name) && targets.contains(known.entry().getName()))
        .toList();
  }

  private InputStream open(ZipArchiveEntry entry) throws IOException {
    return new FilterInputStream(zip.getInputStream(entry)) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        progress.run();
        return super.read(buffer, offset, length);
      }
    };
  }

  private Optional<Node> root(ZipArchiveEntry entry) throws IOException {
    try (var in = new PushbackInputStream(open(entry))) {
      int first = in.read();
      if (BEGINS_XML.indexOf(first) < 0) {
        return Optional.empty();
      }
      in.unread(first);
      return Optional.of(OfficeXml.root(in));
    } catch (XMLStreamException e) {
      return Optional.empty(); // no XML: not a part of the document's own text
    }
  }
}
