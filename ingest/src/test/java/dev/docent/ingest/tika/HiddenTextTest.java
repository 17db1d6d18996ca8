package dev.docent.ingest.tika;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.ingest.Notice;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome.Parsed;
import dev.docent.ingest.ParsedDocument;
import java.awt.Color;
import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

/// What nobody can see in an office document becomes no part of its text, and the document says so.
class HiddenTextTest {
  private static final String HIDDEN = "secret";
  private static final String SEEN = "plain";

  @TempDir Path folder;

  @Test
  void leavesOutAWordDocumentsHiddenRuns() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var document = new XWPFDocument()) {
      var style = CTStyle.Factory.newInstance();
      style.setStyleId("Ghost");
      style.setType(STStyleType.CHARACTER);
      style.addNewRPr().addNewVanish();
      document.createStyles().addStyle(new XWPFStyle(style));
      run(document, SEEN + "-black", _ -> {});
      run(document, SEEN + "-small", run -> run.setFontSize(6));
      run(document, HIDDEN + "-property", run -> run.setVanish(true));
      run(document, HIDDEN + "-style", run -> run.setStyle("Ghost"));
      run(document, HIDDEN + "-white", run -> run.setColor("FEFEFE"));
      run(document, HIDDEN + "-tiny", run -> run.setFontSize(1));
      run(
          document,
          HIDDEN + "-shading",
          run -> {
            run.setColor("202020");
            run.getCTR().getRPr().addNewShd().setFill("202020");
          });
      run(
          document,
          SEEN + "-highlight",
          run -> {
            run.setColor("FFFFFF");
            run.setTextHighlightColor("darkBlue");
          });
      var cell = document.createTable(1, 1).getRow(0).getCell(0);
      cell.setColor("1F3864");
      XWPFRun inCell = cell.getParagraphs().getFirst().createRun();
      inCell.setColor("FFFFFF");
      inCell.setText(SEEN + "-cell");
      document.write(bytes);
    }

    assertHides(read("letter.docx", bytes), "-black", "-small", "-highlight", "-cell");
  }

  @Test
  void saysNothingOfAWordDocumentThatHidesNothing() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var document = new XWPFDocument()) {
      run(document, SEEN, run -> run.getCTR().addNewInstrText().setStringValue("XE \"plain\""));
      run(document, "", run -> run.setVanish(true));
      document.write(bytes);
    }
    assertThat(read("letter.docx", bytes).notices()).isEmpty();
  }

  @Test
  void leavesOutAWorkbooksHiddenSheetsRowsColumnsAndCells() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var workbook = new XSSFWorkbook()) {
      workbook.createSheet("Hidden").createRow(0).createCell(0).setCellValue(HIDDEN + "-sheet");
      workbook.createSheet("Deep").createRow(0).createCell(0).setCellValue(HIDDEN + "-very");
      var sheet = workbook.createSheet("Prices");
      XSSFCellStyle blank = workbook.createCellStyle();
      blank.setDataFormat(workbook.createDataFormat().getFormat(";;;"));
      XSSFCellStyle own = workbook.createCellStyle();
      own.setFillPattern(FillPatternType.SOLID_FOREGROUND);
      own.setFillForegroundColor(IndexedColors.RED.index);
      var red = workbook.createFont();
      red.setColor(IndexedColors.RED.index);
      own.setFont(red);
      for (int i = 0; i < 4; i++) {
        var row = sheet.createRow(i);
        row.createCell(0).setCellValue((i == 2 ? HIDDEN : SEEN) + "-a" + i);
        row.createCell(1).setCellValue(HIDDEN + "-b" + i);
        row.createCell(2).setCellValue((i == 2 ? HIDDEN : SEEN) + "-c" + i);
        row.createCell(3).setCellValue(HIDDEN + "-d" + i);
        row.getCell(3).setCellStyle(i == 3 ? own : blank);
      }
      sheet.setColumnHidden(1, true);
      sheet.getRow(2).setZeroHeight(true);
      workbook.setSheetVisibility(0, SheetVisibility.HIDDEN);
      workbook.setSheetVisibility(1, SheetVisibility.VERY_HIDDEN);
      workbook.setActiveSheet(2);
      workbook.write(bytes);
    }
    ParsedDocument document = read("prices.xlsx", bytes);

    assertHides(document, "-a0", "-a1", "-a3", "-c0", "-c1", "-c3");
    assertThat(document.pages()).extracting(Page::label).containsExactly("Prices");
  }

  @Test
  void leavesOutHiddenSlidesAndShapes() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var show = new XMLSlideShow()) {
      XSLFSlide first = show.createSlide();
      box(first, SEEN + "-box", 10);
      box(first, HIDDEN + "-beside", -500);
      box(first, HIDDEN + "-white", 20)
          .getTextParagraphs()
          .getFirst()
          .getTextRuns()
          .getFirst()
          .setFontColor(Color.WHITE);
      box(first, HIDDEN + "-tiny", 30)
          .getTextParagraphs()
          .getFirst()
          .getTextRuns()
          .getFirst()
          .setFontSize(1.0);
      XSLFSlide second = show.createSlide();
      XSLFTextBox blue = box(second, HIDDEN + "-fill", 40);
      blue.setFillColor(Color.BLUE);
      blue.getTextParagraphs().getFirst().getTextRuns().getFirst().setFontColor(Color.BLUE);
      XSLFSlide third = show.createSlide();
      third.setHidden(true);
      box(third, HIDDEN + "-slide", 10);
      show.getNotesSlide(third).getPlaceholders()[1].setText(HIDDEN + "-notes");
      XSLFSlide fourth = show.createSlide();
      XSLFTextBox banner = box(fourth, "", 10);
      banner.setFillColor(Color.BLACK);
      box(fourth, SEEN + "-white", 10)
          .getTextParagraphs()
          .getFirst()
          .getTextRuns()
          .getFirst()
          .setFontColor(Color.WHITE);
      show.write(bytes);
    }
    ParsedDocument document = read("town-hall.pptx", bytes);

    assertHides(document, "-box", "-white");
    assertThat(document.pages()).as("numbers as the program shows them").hasSize(4);
  }

  @Test
  void leavesOutWhatAnOpenDocumentHides() throws IOException {
    String styles =
        style("G", "text", "<style:text-properties text:display='none'/>")
            + style("W", "text", "<style:text-properties fo:color='#ffffff'/>")
            + style("S", "text", "<style:text-properties fo:font-size='1pt'/>")
            + style(
                "D",
                "paragraph",
                "<style:paragraph-properties fo:background-color='#000080'/>"
                    + "<style:text-properties fo:color='#ffffff'/>")
            + style("T", "table", "<style:table-properties table:display='false'/>");
    ParsedDocument text =
        read(
            "letter.odt",
            openDocument(
                "text",
                styles,
                """
                <text:p>plain-page <text:span text:style-name="G">secret-property</text:span>
                <text:span text:style-name="W">secret-white</text:span>
                <text:span text:style-name="S">secret-tiny</text:span></text:p>
                <text:p text:style-name="D">plain-shaded</text:p>
                <text:section text:display="none"><text:p>secret-section</text:p></text:section>
                """));
    ParsedDocument sheets =
        read(
            "prices.ods",
            openDocument(
                "spreadsheet",
                styles,
                """
                <table:table table:name="H" table:style-name="T"><table:table-row><table:table-cell>
                <text:p>secret-sheet</text:p></table:table-cell></table:table-row></table:table>
                <table:table table:name="P"><table:table-column/>
                <table:table-column table:visibility="collapse"/>
                <table:table-row><table:table-cell><text:p>plain-a</text:p></table:table-cell>
                <table:table-cell><text:p>secret-column</text:p></table:table-cell>
                <table:table-cell><text:p>plain-c</text:p></table:table-cell></table:table-row>
                <table:table-row table:visibility="collapse"><table:table-cell>
                <text:p>secret-row</text:p></table:table-cell></table:table-row></table:table>
                """));

    assertHides(text, "-page", "-shaded");
    assertHides(sheets, "-a", "-c");
  }

  @Test
  void isNotMisledByTheCharacterSetOfAPart() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var document = new XWPFDocument()) {
      run(document, SEEN + "-run", _ -> {});
      run(document, HIDDEN + "-run", run -> run.setVanish(true));
      document.write(bytes);
    }
    var recoded = new ByteArrayOutputStream();
    try (var in = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        var out = new ZipOutputStream(recoded)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] part = in.readAllBytes();
        if (entry.getName().equals("word/document.xml")) {
          String xml = new String(part, StandardCharsets.UTF_8);
          part =
              ("<?xml version='1.0' encoding='UTF-16'?>"
                      + xml.substring(xml.indexOf("<w:document")))
                  .getBytes(StandardCharsets.UTF_16BE);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(part);
        out.closeEntry();
      }
    }
    assertHides(read("letter.docx", recoded), "-run");
  }

  private static void assertHides(ParsedDocument document, String... seen) {
    assertThat(document.text()).doesNotContain(HIDDEN);
    for (String ending : seen) {
      assertThat(document.text()).contains(SEEN + ending);
    }
    assertThat(document.notices()).containsExactly(Notice.HIDDEN_TEXT_LEFT_OUT);
  }

  private static void run(XWPFDocument document, String text, Consumer<XWPFRun> look) {
    XWPFRun run = document.createParagraph().createRun();
    run.setText(text);
    look.accept(run);
  }

  private static XSLFTextBox box(XSLFSlide slide, String text, int x) {
    XSLFTextBox box = slide.createTextBox();
    box.setAnchor(new Rectangle(x, 10, 200, 40));
    box.setText(text);
    return box;
  }

  private static String style(String name, String family, String properties) {
    return "<style:style style:name='%s' style:family='%s'>%s</style:style>"
        .formatted(name, family, properties);
  }

  private static ByteArrayOutputStream openDocument(String kind, String styles, String body)
      throws IOException {
    String ns = "urn:oasis:names:tc:opendocument:xmlns:";
    String content =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document-content xmlns:office="%1$soffice:1.0" xmlns:style="%1$sstyle:1.0"
          xmlns:text="%1$stext:1.0" xmlns:table="%1$stable:1.0"
          xmlns:fo="%1$sxsl-fo-compatible:1.0">
        <office:automatic-styles>%2$s</office:automatic-styles>
        <office:body><office:%3$s>%4$s</office:%3$s></office:body></office:document-content>
        """
            .formatted(ns, styles, kind, body);
    return zip(
        Map.of("content.xml", content, "mimetype", "application/vnd.oasis.opendocument." + kind));
  }

  private static ByteArrayOutputStream zip(Map<String, String> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : new TreeMap<>(entries).descendingMap().entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes;
  }

  private ParsedDocument read(String name, ByteArrayOutputStream content) throws IOException {
    Path file = Files.write(folder.resolve(name), content.toByteArray());
    var settings = WorkerSettings.of(ParserLimits.DEFAULT);
    var outcome = new DocumentReader(settings, () -> {}, PageListener.NONE).read(name, file);
    assertThat(List.of(outcome)).hasOnlyElementsOfType(Parsed.class);
    return ((Parsed) outcome).document();
  }
}
