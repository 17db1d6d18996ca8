package dev.docent.ingest.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.docent.ingest.Block;
import dev.docent.ingest.BlockKind;
import dev.docent.ingest.Line;
import dev.docent.ingest.Notice;
import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParseOutcome.Parsed;
import dev.docent.ingest.ParseOutcome.Rejected;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.RejectReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfReadingTest {
  private static final PDFont PLAIN = new PDType1Font(FontName.HELVETICA);
  private static final PDFont BOLD = new PDType1Font(FontName.HELVETICA_BOLD);
  private static final float HEIGHT = PDRectangle.A4.getHeight();

  @TempDir Path folder;

  @Test
  void knowsTheExactPlaceOfAWord() throws IOException {
    ParsedDocument document =
        read(pdf -> show(page(pdf), pdf, PLAIN, 12, 100, 700, "The allowance is EUR 48 a day."));

    int start = document.text().indexOf("EUR 48");
    Line line = document.lines().getFirst();
    float before = PLAIN.getStringWidth("The allowance is ") / 1000 * 12;
    float width = PLAIN.getStringWidth("EUR 48") / 1000 * 12;
    assertThat(line.left(start, start + 6)).isCloseTo(100 + before, within(0.1f));
    assertThat(line.right(start, start + 6)).isCloseTo(100 + before + width, within(0.1f));
    assertThat(line.y()).isBetween(HEIGHT - 700 - 12, HEIGHT - 700 - 8);
    assertThat(line.y() + line.height()).isBetween(HEIGHT - 700, HEIGHT - 700 + 4);
  }

  @Test
  void placesLinesOnAPageAsItIsDisplayed() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              page.setRotation(90);
              page.setCropBox(new PDRectangle(20, 30, 500, 700));
              try (var content = new PDPageContentStream(pdf, page)) {
                content.beginText();
                content.setFont(PLAIN, 10);
                // reads upright once the viewer has turned the page
                content.setTextMatrix(new Matrix(0, 1, -1, 0, 20 + 40, 30 + 50));
                content.showText("Turned");
                content.endText();
              }
            });

    assertThat(document.pages().getFirst().width()).isEqualTo(700);
    assertThat(document.pages().getFirst().height()).isEqualTo(500);
    Line line = document.lines().getFirst();
    assertThat(line.left(line.start(), line.end())).isCloseTo(50, within(0.1f));
    assertThat(line.y() + line.height()).isBetween(40f, 44f);
  }

  @Test
  void aCoverThatBeginsWithItsIssuerHasNoTitle() throws IOException {
    ParsedDocument form =
        read(
            pdf -> {
              PDPage page = page(pdf);
              show(page, pdf, BOLD, 16, 100, 780, "LIGHTHOUSE COMMISSION OF SKERRYMORE");
              show(page, pdf, PLAIN, 10, 260, 760, "Port Ansel");
              show(page, pdf, BOLD, 16, 250, 720, "FORM L-7");
              show(page, pdf, PLAIN, 10, 220, 690, "For the quarter ended 30 June");
              prose(page, pdf, 600);
            });
    ParsedDocument lease =
        read(
            pdf -> {
              PDPage page = page(pdf);
              show(page, pdf, PLAIN, 10, 260, 780, "EXHIBIT B");
              show(page, pdf, PLAIN, 10, 240, 740, "LEASE OF HALL 3");
              prose(page, pdf, 700);
            });

    assertThat(form.title()).isEmpty();
    assertThat(lease.title()).contains("LEASE OF HALL 3");
  }

  private static void prose(PDPage page, PDDocument pdf, float top) throws IOException {
    for (int i = 0; i < 8; i++) {
      String line =
          "The keeper writes down what was burned, and what is left in the store, of line ";
      show(page, pdf, PLAIN, 10, 60, top - 13 * i, line + i);
    }
  }

  @Test
  void readsColumnsOneAfterTheOther() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              show(
                  page, pdf, BOLD, 18, 60, 780, "A heading across both of the columns of the page");
              for (int i = 0; i < 12; i++) {
                show(page, pdf, PLAIN, 10, 60, 740 - 13 * i, "left column with words, line " + i);
                show(page, pdf, PLAIN, 10, 320, 738 - 13 * i, "right column with text, line " + i);
              }
            });

    assertThat(document.text().indexOf("left column with words, line 11"))
        .isLessThan(document.text().indexOf("right column with text, line 0"));
    assertThat(document.text().indexOf("right column with text, line 0"))
        .isLessThan(document.text().indexOf("right column with text, line 11"));
  }

  @Test
  void keepsATablesRowsWholeUnderTheirHeader() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              show(
                  page,
                  pdf,
                  PLAIN,
                  10,
                  60,
                  760,
                  "The rates below hold for all trips of this year.");
              List<List<String>> rows =
                  List.of(
                      List.of("Country", "Full day", "Hotel ceiling"),
                      List.of("Austria", "EUR 41", "EUR 132"),
                      List.of("Belgium", "EUR 45", "EUR 148"),
                      List.of("Norway", "EUR 74", "EUR 198"));
              for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < 3; j++) {
                  show(page, pdf, PLAIN, 10, 60 + 150 * j, 720 - 16 * i, rows.get(i).get(j));
                }
              }
            });

    assertThat(texts(document, BlockKind.TABLE_HEADER))
        .containsExactly("Country\tFull day\tHotel ceiling");
    assertThat(texts(document, BlockKind.TABLE_ROW))
        .containsExactly(
            "Austria\tEUR 41\tEUR 132", "Belgium\tEUR 45\tEUR 148", "Norway\tEUR 74\tEUR 198");
  }

  @Test
  void readsNamesOfColumnsFromTheLinesOverThem() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              show(page, pdf, PLAIN, 8, 40, 730, "Depots at the begin and the end of the quarter:");
              centred(page, pdf, 710, "Depots at", 200, "Depots at", 350);
              centred(page, pdf, 700, "Begin of", 200, "Depots", 275, "End of", 350);
              centred(page, pdf, 690, "Quarter", 200, "Closed", 275, "Quarter", 350);
              show(page, pdf, PLAIN, 8, 40, 678, "Abroad");
              figures(page, pdf, 666, "Harbours", "127", "-", "128");
              figures(page, pdf, 654, "Airports", "32", "(1)", "31");
            });

    assertThat(texts(document, BlockKind.PARAGRAPH))
        .containsExactly("Depots at the begin and the end of the quarter:");
    assertThat(texts(document, BlockKind.TABLE_HEADER))
        .containsExactly("\tDepots at Begin of Quarter\tDepots Closed\tDepots at End of Quarter");
    assertThat(texts(document, BlockKind.TABLE_ROW))
        .containsExactly("Abroad", "Harbours\t127\t-\t128", "Airports\t32\t(1)\t31");
    int end = document.text().indexOf("End of Quarter");
    List<Line> lines = document.lines().stream().filter(one -> one.touches(end, end + 14)).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.left(end, end + 14)).isBetween(330f, 350f));
  }

  @Test
  void aHeadOverSeveralColumnsIsARowOverTheirNames() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              centred(page, pdf, 710, "Three Months Ended", 212, "Six Months Ended", 362);
              centred(page, pdf, 700, "2023", 175, "2022", 250, "2023", 325, "2022", 400);
              figures(page, pdf, 688, 150, "Revenue", "$ 958", "$ 1,032", "$ 1,905", "$ 2,097");
              figures(page, pdf, 676, 150, "Expenses", "187", "", "372", "377");
            });

    assertThat(texts(document, BlockKind.TABLE_HEADER))
        .containsExactly("\tThree Months Ended\t\tSix Months Ended", "\t2023\t2022\t2023\t2022");
    assertThat(texts(document, BlockKind.TABLE_ROW))
        .containsExactly("Revenue\t$ 958\t$ 1,032\t$ 1,905\t$ 2,097", "Expenses\t187\t\t372\t377");
  }

  /// Figures of four columns under heads of their own.
  private List<String> heads(Heads lines) throws IOException {
    return texts(
        read(
            pdf -> {
              PDPage page = page(pdf);
              lines.over(page, pdf);
              figures(page, pdf, 660, 150, "Safety", "$ 958", "$ 1,032", "$ 1,905", "$ 2,097");
              figures(page, pdf, 648, 150, "Health", "187", "215", "372", "377");
            }),
        BlockKind.TABLE_HEADER);
  }

  private interface Heads {
    void over(PDPage page, PDDocument pdf) throws IOException;
  }

  @Test
  void aNameOverTheMiddleOfItsLineIsNoHeadOfTheOthers() throws IOException {
    assertThat(
            texts(
                read(
                    pdf -> {
                      PDPage page = page(pdf);
                      centred(page, pdf, 682, "Asset-related and", 265);
                      centred(page, pdf, 672, "Employees", 190, "other", 265, "Total", 340);
                      figures(page, pdf, 660, 155, "Safety", "$ 958", "$ 1,032", "$ 1,905");
                      figures(page, pdf, 648, 155, "Health", "187", "215", "372");
                    }),
                BlockKind.TABLE_HEADER))
        .containsExactly("\tEmployees\tAsset-related and other\tTotal");
    assertThat(
            texts(
                read(
                    pdf -> {
                      PDPage page = page(pdf);
                      centred(page, pdf, 682, "Termination benefits of staff", 265);
                      centred(page, pdf, 672, "At home", 190, "Abroad", 265, "Total", 340);
                      figures(page, pdf, 660, 155, "Safety", "$ 958", "$ 1,032", "$ 1,905");
                      figures(page, pdf, 648, 155, "Health", "187", "215", "372");
                    }),
                BlockKind.TABLE_HEADER))
        .containsExactly("\tTermination benefits of staff", "\tAt home\tAbroad\tTotal");
  }

  @Test
  void aHeadMayLeaveOutTheFirstColumns() throws IOException {
    assertThat(
            heads(
                (page, pdf) -> {
                  centred(page, pdf, 682, "Year ended December 31,", 325);
                  centred(page, pdf, 672, "Carried", 175, "2024", 250, "2023", 325, "2022", 400);
                }))
        .containsExactly("\t\tYear ended December 31,", "\tCarried\t2024\t2023\t2022");
  }

  @Test
  void aHeadWhoseEndNothingTellsIsNone() throws IOException {
    assertThat(
            heads(
                (page, pdf) -> {
                  centred(page, pdf, 682, "At home", 250);
                  centred(page, pdf, 672, "2024", 175, "2023", 250, "2022", 325, "Plan", 400);
                }))
        .as("over three years, not over the middle one, and not over the plan")
        .containsExactly("\t2024\t2023\t2022\tPlan");
    assertThat(
            heads(
                (page, pdf) -> {
                  centred(page, pdf, 682, "U.S.", 272);
                  centred(page, pdf, 672, "2024", 175, "2023", 250, "2022", 325, "Plan", 400);
                }))
        .as("in the middle of none")
        .containsExactly("\t2024\t2023\t2022\tPlan");
  }

  @Test
  void headsThatBeginWhereTheirColumnsDoStandOverARunEach() throws IOException {
    assertThat(
            heads(
                (page, pdf) -> {
                  centred(page, pdf, 682, "Unbilled", 175, "Claims", 325);
                  centred(page, pdf, 672, "2024", 175, "2023", 250, "2024", 325, "2023", 400);
                }))
        .containsExactly("\tUnbilled\t\tClaims", "\t2024\t2023\t2024\t2023");
  }

  @Test
  void aHeadOfTwoLinesOverSomeColumnsIsOne() throws IOException {
    assertThat(
            heads(
                (page, pdf) -> {
                  centred(page, pdf, 692, "Other Postretirement", 362);
                  centred(page, pdf, 682, "Pension", 212, "Benefits", 362);
                  centred(page, pdf, 672, "2023", 175, "2022", 250, "2023", 325, "2022", 400);
                }))
        .containsExactly("\tPension\t\tOther Postretirement Benefits", "\t2023\t2022\t2023\t2022");
  }

  @Test
  void aHeadEndsWhereOneAboveItBegins() throws IOException {
    assertThat(
            heads(
                (page, pdf) -> {
                  centred(page, pdf, 692, "Pension", 212, "Medical", 362);
                  centred(page, pdf, 682, "U.S.", 212);
                  centred(page, pdf, 672, "2023", 175, "2022", 250, "2023", 325, "2022", 400);
                }))
        .containsExactly("\tPension\t\tMedical", "\tU.S.", "\t2023\t2022\t2023\t2022");
  }

  @Test
  void aTitleOverSomeColumnsIsNoHeadOfTheirYear() throws IOException {
    assertThat(
            heads(
                (page, pdf) -> {
                  centred(page, pdf, 692, "Statements of Income", 212);
                  centred(page, pdf, 682, "2023", 212, "2022", 362);
                  centred(
                      page, pdf, 672, "Stated", 175, "Changed", 250, "Stated", 325, "Changed", 400);
                }))
        .containsExactly("\t2023\t\t2022", "\tStated\tChanged\tStated\tChanged");
  }

  @Test
  void noHeadStandsOverTwoColumnsOfOneName() throws IOException {
    assertThat(
            texts(
                read(
                    pdf -> {
                      PDPage page = page(pdf);
                      centred(page, pdf, 692, "July 2, 2023", 220, "July 3, 2022", 400);
                      centred(page, pdf, 682, "Fair Value", 250, "Fair Value", 430);
                      centred(page, pdf, 672, "Held", 160, "Asset", 220, "Debt", 280);
                      centred(page, pdf, 672, "Held", 340, "Asset", 400, "Debt", 460);
                      for (int y : List.of(660, 648)) {
                        show(page, pdf, PLAIN, 8, 40, y, "Contracts");
                        for (int x = 160; x <= 460; x += 60) {
                          centred(page, pdf, y, "7" + x, x);
                        }
                      }
                    }),
                BlockKind.TABLE_HEADER))
        .containsExactly(
            "\tJuly 2, 2023\t\t\tJuly 3, 2022",
            "\t\tFair Value\t\t\tFair Value",
            "\tHeld\tAsset\tDebt\tHeld\tAsset\tDebt");
  }

  @Test
  void aTableGoesOnOnTheNextPage() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              centred(page, pdf, 712, "Begin", 200, "Closed", 275, "End", 350);
              figures(page, pdf, 700, "Harbours", "127", "2", "125");
              figures(page, pdf, 688, "Airports", "32", "1", "31");
              PDPage next = page(pdf);
              figures(next, pdf, 740, "Stations", "9", "", "9");
              figures(next, pdf, 728, "Total", "168", "3", "165");
            });

    assertThat(texts(document, BlockKind.TABLE_ROW))
        .endsWith("Stations\t9\t\t9", "Total\t168\t3\t165");
  }

  @Test
  void runningTextAndListsOverFiguresAreNoNames() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              show(page, pdf, PLAIN, 8, 40, 712, "The depots were counted as they stood then, and");
              show(page, pdf, PLAIN, 8, 40, 702, "as they stand now, in all of the harbours:");
              figures(page, pdf, 690, "Harbours", "127", "2", "125");
              figures(page, pdf, 678, "Airports", "32", "1", "31");
            });

    assertThat(texts(document, BlockKind.TABLE_HEADER)).isEmpty();
    assertThat(texts(document, BlockKind.PARAGRAPH)).hasSize(1);
    assertThat(texts(document, BlockKind.TABLE_ROW))
        .containsExactly("Harbours 127 2 125", "Airports 32 1 31");
  }

  @Test
  void joinsAWordBrokenAtALinesEndAndKnowsBothItsPlaces() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              show(page, pdf, PLAIN, 10, 60, 700, "The reimburse-");
              show(page, pdf, PLAIN, 10, 60, 687, "ment is paid on a long-");
              show(page, pdf, PLAIN, 10, 60, 674, "term basis; long-term means a year.");
            });

    assertThat(document.text())
        .isEqualTo("The reimbursement is paid on a long-term basis; long-term means a year.\n");
    int start = document.text().indexOf("reimbursement");
    int end = start + "reimbursement".length();
    assertThat(document.lines().stream().filter(line -> line.touches(start, end))).hasSize(2);
  }

  @Test
  void tellsHeadingsByLookAndLeavesRunningHeadsOut() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              for (int i = 1; i <= 4; i++) {
                PDPage page = page(pdf);
                show(page, pdf, PLAIN, 9, 60, 810, "Travel policy, edition 3");
                show(
                    page,
                    pdf,
                    BOLD,
                    14,
                    60,
                    740,
                    i + " Chapter about matter " + "abcd".charAt(i - 1));
                show(page, pdf, PLAIN, 10, 60, 700, "Text of the chapter that goes on for a line.");
                show(page, pdf, PLAIN, 9, 290, 30, "Page " + i + " of 4");
              }
            });

    assertThat(texts(document, BlockKind.HEADING))
        .hasSize(4)
        .startsWith("1 Chapter about matter a");
    assertThat(texts(document, BlockKind.BOILERPLATE)).containsExactly("Travel policy, edition 3");
    assertThat(document.text()).doesNotContain("of 4");
    assertThat(document.pages()).hasSize(4);
  }

  @Test
  void leavesOutWhatNobodySees() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              PDPage page = page(pdf);
              show(page, pdf, PLAIN, 10, 60, 700, "What a reader sees.");
              try (var content = append(pdf, page)) {
                content.setNonStrokingColor(1f, 1f, 1f);
                text(content, PLAIN, 10, 60, 600, "white on white instruction");
                content.setNonStrokingColor(0f, 0f, 0f);
                text(content, PLAIN, 0.4f, 60, 500, "tiny instruction");
                content.setRenderingMode(RenderingMode.NEITHER);
                text(content, PLAIN, 10, 60, 400, "unpainted instruction");
                content.setRenderingMode(RenderingMode.FILL);
                content.setNonStrokingColor(0f, 0f, 0.5f);
                content.addRect(50, 290, 300, 30);
                content.fill();
                content.setNonStrokingColor(1f, 1f, 1f);
                text(content, PLAIN, 10, 60, 300, "white on blue is seen");
              }
            });

    assertThat(document.text()).contains("What a reader sees.", "white on blue is seen");
    assertThat(document.text()).doesNotContain("instruction");
    assertThat(document.notices()).containsExactly(Notice.HIDDEN_TEXT_LEFT_OUT);
  }

  @Test
  void countsPagesWithoutContent() throws IOException {
    ParsedDocument document =
        read(
            pdf -> {
              page(pdf);
              show(page(pdf), pdf, PLAIN, 10, 60, 700, "On the second page.");
              page(pdf);
            });
    assertThat(document.pages()).hasSize(3);
    assertThat(document.blocks().getFirst().page()).isEqualTo(1);
  }

  @Test
  void rejectsAPdfWithAPassword() throws IOException {
    Path file = folder.resolve("locked.pdf");
    try (var pdf = new PDDocument()) {
      show(page(pdf), pdf, PLAIN, 10, 60, 700, "secret");
      pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      pdf.save(file.toFile());
    }
    assertThat(((Rejected) parse(file)).reason()).isEqualTo(RejectReason.ENCRYPTED);
  }

  @Test
  void readsAPdfWhoseCrossReferencesAreBroken() throws IOException {
    Path file = save(pdf -> show(page(pdf), pdf, PLAIN, 10, 60, 700, "Still readable."));
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file,
        bytes.replaceAll("startxref\\s+\\d+", "startxref\n99999999"),
        StandardCharsets.ISO_8859_1);
    assertThat(((Parsed) parse(file)).document().text()).contains("Still readable.");
  }

  @Test
  void rejectsAPdfCutOffInTheMiddleOfNothing() throws IOException {
    Path file = folder.resolve("stub.pdf");
    Files.writeString(file, "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\n");
    assertThat(parse(file)).isInstanceOf(Rejected.class);
  }

  @Test
  void givesTheSameBytesTheSameDocument() throws IOException {
    Path file =
        save(
            pdf -> {
              PDPage page = page(pdf);
              for (int i = 0; i < 30; i++) {
                show(
                    page,
                    pdf,
                    PLAIN,
                    10,
                    60,
                    780 - 14 * i,
                    "Sentence number " + i + " stands here.");
              }
            });
    assertThat(parse(file)).isEqualTo(parse(file));
  }

  private interface Drawing {
    void on(PDDocument pdf) throws IOException;
  }

  private ParsedDocument read(Drawing drawing) throws IOException {
    return ((Parsed) parse(save(drawing))).document();
  }

  private Path save(Drawing drawing) throws IOException {
    Path file = folder.resolve("drawn.pdf");
    try (var pdf = new PDDocument()) {
      drawing.on(pdf);
      pdf.save(file.toFile());
    }
    return file;
  }

  private static ParseOutcome parse(Path file) {
    var settings = WorkerSettings.of(ParserLimits.DEFAULT);
    return new DocumentReader(settings, () -> {}, PageListener.NONE)
        .read(file.getFileName().toString(), file);
  }

  private static PDPage page(PDDocument pdf) {
    var page = new PDPage(PDRectangle.A4);
    pdf.addPage(page);
    return page;
  }

  private static void show(
      PDPage page, PDDocument pdf, PDFont font, float size, float x, float y, String text)
      throws IOException {
    try (var content = append(pdf, page)) {
      text(content, font, size, x, y, text);
    }
  }

  /// Texts around the middles that follow them.
  private static void centred(PDPage page, PDDocument pdf, float y, Object... texts)
      throws IOException {
    for (int i = 0; i < texts.length; i += 2) {
      String text = (String) texts[i];
      float half = PLAIN.getStringWidth(text) / 1000 * 8 / 2;
      show(page, pdf, PLAIN, 8, (Integer) texts[i + 1] - half, y, text);
    }
  }

  private static void figures(PDPage page, PDDocument pdf, float y, String... row)
      throws IOException {
    figures(page, pdf, y, 175, row);
  }

  /// A label, and figures that end 35 behind where their columns begin.
  private static void figures(PDPage page, PDDocument pdf, float y, int first, String... row)
      throws IOException {
    show(page, pdf, PLAIN, 8, 40, y, row[0]);
    for (int i = 1; i < row.length; i++) {
      float width = PLAIN.getStringWidth(row[i]) / 1000 * 8;
      show(page, pdf, PLAIN, 8, first + 75 * (i - 1) + 35 - width, y, row[i]);
    }
  }

  private static PDPageContentStream append(PDDocument pdf, PDPage page) throws IOException {
    return new PDPageContentStream(pdf, page, PDPageContentStream.AppendMode.APPEND, true, true);
  }

  private static void text(
      PDPageContentStream content, PDFont font, float size, float x, float y, String text)
      throws IOException {
    content.beginText();
    content.setFont(font, size);
    content.newLineAtOffset(x, y);
    content.showText(text);
    content.endText();
  }

  private static List<String> texts(ParsedDocument document, BlockKind kind) {
    return document.blocks().stream()
        .filter(block -> block.kind() == kind)
        .map((Block block) -> document.text().substring(block.start(), block.end()))
        .toList();
  }
}
