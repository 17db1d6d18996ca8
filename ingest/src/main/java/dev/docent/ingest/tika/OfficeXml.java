package dev.docent.ingest.tika;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;

/// One XML part of an office document, copied event by event without what its rules hide. Elements
/// and attributes go by their local names: the strict and the transitional form of a format differ
/// in nothing else.
final class OfficeXml {
  private static final XMLInputFactory INPUT = input();
  private static final XMLOutputFactory OUTPUT = XMLOutputFactory.newDefaultFactory();

  /// Of text that is the program's own: instructions of fields, such as an entry for the index.
  private static final Set<String> NO_TEXT = Set.of("instrText", "delInstrText");

  private final XMLEventReader events;
  private final Deque<XMLEvent> ahead = new ArrayDeque<>();
  private final Deque<String> path = new ArrayDeque<>();

  /// What of a part nobody can see. A rule that hides an element keeps nothing of it: its end is
  /// not told.
  interface Rules {
    boolean hides(StartElement element, OfficeXml part) throws XMLStreamException;

    default void ends(String name) {}

    /// Whether text that stands here directly is hidden.
    default boolean hidesText() {
      return false;
    }
  }

  /// An element with what is in it, without text.
  record Node(String name, Map<String, String> attributes, List<Node> children) {
    /// The attribute, or nothing, in lower case.
    String get(String attribute) {
      return attributes.getOrDefault(attribute, "").toLowerCase(Locale.ROOT);
    }

    /// The child, or one without anything.
    Node child(String name) {
      return find(name).orElse(new Node(name, Map.of(), List.of()));
    }

    Optional<Node> find(String name) {
      return children.stream().filter(child -> child.name.equals(name)).findFirst();
    }

    List<Node> all(String name) {
      return children.stream().filter(child -> child.name.equals(name)).toList();
    }

    /// Whether an element of that name is anywhere within.
    boolean holds(String name) {
      return children.stream().anyMatch(child -> child.name.equals(name) || child.holds(name));
    }
  }

  private OfficeXml(InputStream in) throws XMLStreamException {
    this.events = INPUT.createXMLEventReader(in);
  }

  private static XMLInputFactory input() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /// Where what is seen goes.
  private interface Sink {
    void add(XMLEvent event) throws XMLStreamException;
  }

  /// Whether the rules hide any text of a part.
  static boolean hidesText(InputStream in, Rules rules) throws XMLStreamException {
    return new OfficeXml(in).copy(_ -> {}, rules);
  }

  static void copy(InputStream in, OutputStream out, Rules rules) throws XMLStreamException {
    XMLEventWriter writer = OUTPUT.createXMLEventWriter(out, StandardCharsets.UTF_8.name());
    new OfficeXml(in).copy(writer::add, rules);
    writer.close();
  }

  /// The outermost element, without what is in it.
  static Node root(InputStream in) throws XMLStreamException {
    return node(new OfficeXml(in).toRoot(), List.of());
  }

  /// A whole part.
  static Node tree(InputStream in) throws XMLStreamException {
    var part = new OfficeXml(in);
    return part.subtree(part.toRoot(), _ -> {});
  }

  /// The elements that begin this one, so long as they have one of these names.
  Node leading(StartElement element, String... names) throws XMLStreamException {
    Set<String> wanted = Set.of(names);
    List<XMLEvent> read = new ArrayList<>();
    List<Node> children = new ArrayList<>();
    boolean begins = true;
    while (begins && hasNext()) {
      XMLEvent event = next();
      read.add(event);
      if (event.isStartElement() && wanted.contains(name(event.asStartElement()))) {
        children.add(subtree(event.asStartElement(), read::add));
      } else {
        begins = event.isCharacters() && event.asCharacters().isWhiteSpace();
      }
    }
    read.reversed().forEach(ahead::addFirst);
    return node(element, children);
  }

  /// The name of the element that is around the one that begins.
  String parent() {
    return path.isEmpty() ? "" : path.getFirst();
  }

  static String name(StartElement element) {
    return element.getName().getLocalPart();
  }

  /// An attribute, or nothing, in lower case.
  static String attribute(StartElement element, String name) {
    for (Iterator<Attribute> all = element.getAttributes(); all.hasNext(); ) {
      Attribute attribute = all.next();
      if (attribute.getName().getLocalPart().equals(name)) {
        return attribute.getValue().toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private boolean copy(Sink seen, Rules rules) throws XMLStreamException {
    boolean left = false;
    while (hasNext()) {
      XMLEvent event = next();
      switch (event.getEventType()) {
        case XMLEvent.START_ELEMENT -> {
          StartElement element = event.asStartElement();
          if (rules.hides(element, this)) {
            left |= skip(element);
          } else {
            path.push(name(element));
            seen.add(event);
          }
        }
        case XMLEvent.END_ELEMENT -> {
          seen.add(event);
          rules.ends(path.pop());
        }
        case XMLEvent.CHARACTERS, XMLEvent.CDATA, XMLEvent.SPACE -> {
          if (event.asCharacters().isWhiteSpace() || !rules.hidesText()) {
            seen.add(event);
          } else {
            left = true;
          }
        }
        default -> {} // the declaration, a DTD, remarks: the copy needs none
      }
    }
    return left;
  }

  private boolean skip(StartElement element) throws XMLStreamException {
    boolean text = name(element).equals("sheet"); // stands for a part of its own
    Deque<String> open = new ArrayDeque<>(List.of(name(element)));
    while (!open.isEmpty()) {
      XMLEvent event = next();
      if (event.isStartElement()) {
        open.push(name(event.asStartElement()));
      } else if (event.isEndElement()) {
        open.pop();
      } else if (event.isCharacters() && !NO_TEXT.contains(open.getFirst())) {
        text |= !event.asCharacters().isWhiteSpace();
      }
    }
    return text;
  }

  private StartElement toRoot() throws XMLStreamException {
    XMLEvent event = events.nextEvent();
    while (!event.isStartElement()) {
      event = events.nextEvent();
    }
    return event.asStartElement();
  }

  private Node subtree(StartElement element, Consumer<XMLEvent> read) throws XMLStreamException {
    List<Node> children = new ArrayList<>();
    while (true) {
      XMLEvent event = next();
      read.accept(event);
      if (event.isStartElement()) {
        children.add(subtree(event.asStartElement(), read));
      } else if (event.isEndElement()) {
        return node(element, children);
      }
    }
  }

  private static Node node(StartElement element, List<Node> children) {
    Map<String, String> attributes = new HashMap<>();
    for (Iterator<Attribute> all = element.getAttributes(); all.hasNext(); ) {
      Attribute attribute = all.next();
      attributes.put(attribute.getName().getLocalPart(), attribute.getValue());
    }
    return new Node(name(element), attributes, children);
  }

  private boolean hasNext() {
    return !ahead.isEmpty() || events.hasNext();
  }

  private XMLEvent next() throws XMLStreamException {
    return ahead.isEmpty() ? events.nextEvent() : ahead.removeFirst();
  }
}
