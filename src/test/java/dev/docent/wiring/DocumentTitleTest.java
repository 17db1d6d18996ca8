package dev.docent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentTitleTest {
  @Test
  void aDocumentsOwnTitleIsTaken() {
    assertThat(DocumentTitle.of("hr/leave-2025.pdf", Optional.of(" Annual\n leave ")))
        .isEqualTo("Annual leave");
  }

  @Test
  void elseTheNameOfItsFileInWords() {
    assertThat(ofFile("contracts/contract-register.csv")).isEqualTo("Contract register");
    assertThat(ofFile("board-minutes-2025-03.docx")).isEqualTo("Board minutes 2025-03");
    assertThat(ofFile("HARBOUR_2024Q2_Report.pdf")).isEqualTo("HARBOUR 2024Q2 Report");
    assertThat(ofFile("Lease%20of%20Hall%203.pdf")).isEqualTo("Lease of Hall 3");
    assertThat(ofFile("Lease - third-party_draft.pdf")).isEqualTo("Lease - third-party draft");
    assertThat(ofFile("minutes v1.2")).isEqualTo("Minutes v1.2");
  }

  @Test
  void aNameWithoutWordsStaysAsItIs() {
    assertThat(ofFile("notes/.env")).isEqualTo(".env");
    assertThat(ofFile("___.txt")).isEqualTo("___.txt");
  }

  private static String ofFile(String path) {
    return DocumentTitle.of(path, Optional.empty());
  }
}
