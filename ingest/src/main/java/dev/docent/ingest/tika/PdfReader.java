package dev.docent.ingest.tika;

import dev.docent.ingest.BlockKind;
import dev.docent.ingest.Notice;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.tika.PdfGlyphs.SeenPage;
import dev.docent.ingest.tika.PdfStructure.PdfPage;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;

/// A PDF to text in reading order with the place of every glyph.
final class PdfReader {
  /// Streams larger than this are kept in a file while a document is open.
  private static final long MAIN_MEMORY_BYTES = 64L << 20;

  private static final int MAX_BOOKMARKS = 5_000;

  /// A page with fewer letters and a picture over most of it is a scan.
  private static final int SCAN_LETTERS = 16;

  /// Fewer are an accident of layout.
  private static final int HIDDEN_LETTERS = 8;

  private static final double SCAN_PICTURE = 0.4;

  private final Reading reading;
  private final TextBuilder out;
  private final Parts parts;
  private final ScanReader scans;
  private final List<PdfPage> pages = new ArrayList<>();
  private int unreadable;
  private int hiddenLetters;

  PdfReader(Reading reading, TextBuilder out, Parts parts, ScanReader scans) {
    this.scans = scans;
    this.reading = reading;
    this.out = out;
    this.parts = parts;
  }

  /// @throws IOException when not even one page could be read
  void read(File file, Metadata metadata) throws IOException {
    var cache = MemoryUsageSetting.setupMixed(MAIN_MEMORY_BYTES).streamCache;
    try (PDDocument document = Loader.loadPDF(file, "", cache)) {
      PDDocumentInformation information = document.getDocumentInformation();
      String title = information.getTitle();
      int count = document.getNumberOfPages();
      String[] labels = labels(document.getDocumentCatalog(), count);
      int last = Math.min(count, reading.settings().maxPages());
      new PdfGlyphs(collect(document, labels, last), last).read(document);
      addEmptyPages(document, labels, last);
      if (unreadable > 0 && pages.stream().allMatch(page -> page.rows().isEmpty())) {
        throw new IOException("no page can be read");
      }
      if (count > reading.settings().maxPages()) {
        out.notice(Notice.TRUNCATED);
      }
      new PdfStructure(pages, bookmarks(document)).writeTo(out);
      if (title != null) {
        metadata.set(TikaCoreProperties.TITLE, title);
      }
      metadata.set(TikaCoreProperties.MODIFIED, information.getModificationDate());
      metadata.set(TikaCoreProperties.CREATED, information.getCreationDate());
      formFields(document.getDocumentCatalog());
      new PdfAttachments(parts).read(document);
    }
  }

  /// PDFBox passes over pages without content.
  private void addEmptyPages(PDDocument document, String[] labels, int before) {
    while (pages.size() < before) {
      int index = pages.size();
      var crop = document.getPage(index).getCropBox();
      pages.add(
          new PdfPage(
              index, labels[index], crop.getWidth(), crop.getHeight(), List.of(), List.of()));
    }
  }

  private PdfGlyphs.Pages collect(PDDocument document, String[] labels, int last) {
    return new PdfGlyphs.Pages() {
      @Override
      public void page(SeenPage page, PDPage source) {
        reading.page(PageKind.PAGE, page.index() + 1, last);
        addEmptyPages(document, labels, page.index());
        hiddenLetters += page.hiddenLetters();
        if (hiddenLetters >= HIDDEN_LETTERS) {
          out.notice(Notice.HIDDEN_TEXT_LEFT_OUT);
        }
        List<PdfRow> rows =
            isScan(page)
                ? scans.read(document, page.index(), page.width(), page.height(), out)
                : PdfLayout.rows(page.glyphs());
        pages.add(
            new PdfPage(
                page.index(),
                labels[page.index()],
                page.width(),
                page.height(),
                rows,
                remarks(source)));
      }

      @Override
      public void unreadable(int index, PDPage source) {
        unreadable++;
        out.notice(Notice.PARTS_NOT_READ);
      }
    };
  }

  private static String[] labels(PDDocumentCatalog catalog, int count) {
    String[] labels = new String[count];
    try {
      var own = catalog.getPageLabels();
      if (own != null) {
        System.arraycopy(own.getLabelsByPageIndices(), 0, labels, 0, count);
      }
    } catch (IOException | RuntimeException e) {
      // broken labels: the pages are counted
      labels = new String[count];
    }
    for (int i = 0; i < count; i++) {
      labels[i] =
          labels[i] == null || labels[i].isBlank()
              ? Integer.toString(i + 1)
              : Characters.visible(labels[i]).strip();
    }
    return labels;
  }

  /// Notes that readers wrote on the page.
  private static List<String> remarks(PDPage page) {
    List<String> remarks = new ArrayList<>();
    try {
      for (PDAnnotation annotation : page.getAnnotations()) {
        String contents = annotation.getContents();
        boolean shown =
            !annotation.isHidden()
                && !(annotation instanceof PDAnnotationLink)
                && !(annotation instanceof PDAnnotationWidget);
        if (shown && contents != null && !contents.isBlank()) {
          String author = annotation.getCOSObject().getString("T");
          String remark = author == null ? contents : author + ": " + contents;
          remarks.add(Characters.visible(remark));
        }
      }
    } catch (IOException | RuntimeException e) {
      // the page's text counts more than a broken note
      return remarks;
    }
    return remarks;
  }

  private static Map<String, Integer> bookmarks(PDDocument document) {
    Map<String, Integer> bookmarks = new HashMap<>();
    try {
      PDOutlineNode outline = document.getDocumentCatalog().getDocumentOutline();
      if (outline != null) {
        collect(outline, 1, bookmarks, new int[] {MAX_BOOKMARKS});
      }
    } catch (RuntimeException e) {
      return bookmarks;
    }
    return bookmarks;
  }

  private static void collect(
      PDOutlineNode node, int level, Map<String, Integer> bookmarks, int[] left) {
    for (PDOutlineItem item : node.children()) {
      if (level > 6 || left[0]-- <= 0) {
        return;
      }
      String title = item.getTitle();
      if (title != null && PdfStructure.key(title).length() > 2) {
        bookmarks.putIfAbsent(PdfStructure.key(title), level);
      }
      collect(item, level + 1, bookmarks, left);
    }
  }

  /// What was filled into a form's fields, which is not always drawn on the page.
  private void formFields(PDDocumentCatalog catalog) {
    try {
      PDAcroForm form = catalog.getAcroForm(null);
      if (form == null) {
        return;
      }
      for (PDField field : form.getFieldTree()) {
        String value = field.getValueAsString();
        if (value != null && !value.isBlank() && !value.equals("Off")) {
          String name = field.getAlternateFieldName();
          String label = name == null ? field.getPartialName() : name;
          out.block(BlockKind.PARAGRAPH, 0, Characters.visible(label + ": " + value));
        }
      }
    } catch (RuntimeException e) {
      out.notice(Notice.PARTS_NOT_READ);
    }
  }

  private static boolean isScan(SeenPage page) {
    long letters =
        page.glyphs().stream()
            .flatMapToInt(glyph -> glyph.text().codePoints())
            .filter(Character::isLetterOrDigit)
            .limit(SCAN_LETTERS)
            .count();
    return letters < SCAN_LETTERS && page.picturePart() >= SCAN_PICTURE;
  }
}
