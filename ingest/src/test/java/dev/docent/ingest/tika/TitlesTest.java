package dev.docent.ingest.tika;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.ingest.tika.Titles.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitlesTest {
  private static final Part PROSE =
      text("This lease is made between the harbour office and the tenant named at its end, today.");

  @ParameterizedTest
  @ValueSource(strings = {"Leave policy", "Aquila 300", "10-K - 2018 - Harbour Works", "年次報告書"})
  void aPropertyThatSaysSomethingIsTheTitle(String property) {
    assertThat(Titles.ofProperty(" " + property)).contains(property);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "untitled",
        "Unbenannt-1",
        "Microsoft Word - lease final.doc",
        "PowerPoint Presentation",
        "Document1",
        "lease.indd",
        "HARBOUR_2024_LEASE",
        "Scan_20240301",
        "CamScanner 03-01-2024 10.22",
        "C:\\Users\\ann\\lease",
        "Slide 1",
        "Лист1",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "7"
      })
  void whatAProgramPutThereIsNone(String property) {
    assertThat(Titles.ofProperty(property)).isEmpty();
  }

  @Test
  void theFirstOfTheLargestHeadingsIsTheTitle() {
    assertThat(
            Titles.ofBeginning(
                List.of(
                    heading(12, "Harbour Works"),
                    heading(24, "Handbook for tenants"),
                    heading(24, "Second edition"),
                    PROSE)))
        .contains("Handbook for tenants");
  }

  @Test
  void whatACoverBeginsWithInCapitalsIsItsIssuer() {
    assertThat(
            Titles.ofBeginning(
                List.of(
                    heading(14, "KINGDOM OF SKERRYMORE LIGHTHOUSE COMMISSION"),
                    text("Port Ansel"),
                    heading(14, "FORM L-7"),
                    text("For the quarter ended 30 June"),
                    heading(14, "HARBOUR WORKS LTD."),
                    text("(Name of the keeper as it stands in the register)"),
                    PROSE)))
        .isEmpty();
  }

  @Test
  void capitalsOverTheTextAreATitle() {
    assertThat(Titles.ofBeginning(List.of(heading(14, "LEASE OF HALL 3"), PROSE)))
        .contains("LEASE OF HALL 3");
    assertThat(
            Titles.ofBeginning(
                List.of(
                    heading(14, "EXECUTION COPY"), heading(14, "LEASE OF HALL 3"), PROSE, PROSE)))
        .contains("LEASE OF HALL 3");
  }

  @Test
  void inATypedDocumentTheLineInCapitalsOverTheTextIsTheTitle() {
    assertThat(
            Titles.ofBeginning(
                List.of(
                    text("EXHIBIT 10.3"), text("HARBOUR WORKS"), text("LEASE OF HALL 3"), PROSE)))
        .contains("LEASE OF HALL 3");
    assertThat(Titles.ofBeginning(List.of(text("Dear Ann,"), PROSE))).isEmpty();
  }

  @Test
  void aPartsNumberAFirmAndALeadInAreNoTitles() {
    assertThat(
            Titles.ofBeginning(
                List.of(
                    heading(16, "Exhibit 10.07"),
                    heading(16, "Harbour Works GmbH"),
                    heading(16, "In the matter of:"),
                    heading(16, "Contents"),
                    heading(12, "Lease of Hall 3"),
                    PROSE)))
        .contains("Lease of Hall 3");
  }

  private static Part heading(float size, String text) {
    return new Part(text, true, size);
  }

  private static Part text(String text) {
    return new Part(text, false, 10);
  }
}
