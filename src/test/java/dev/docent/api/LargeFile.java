package dev.docent.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/// Documents of many bytes and few words: sending them takes a while, reading them does not.
public final class LargeFile {
  private LargeFile() {}

  /// One page of words, and as many bytes as a scan of a large drawing.
  ///
  /// @param bytes that it is larger than
  public static Path plan(Path file, int bytes, long seed) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(72, 700);
        content.showText("The spillway gates of Ostholm dam open at 182 metres.");
        content.endText();
      }
      COSStream ballast = document.getDocument().createCOSStream();
      byte[] noise = new byte[bytes];
      new Random(seed).nextBytes(noise);
      try (var out = ballast.createRawOutputStream()) {
        out.write(noise);
      }
      document
          .getDocumentCatalog()
          .getCOSObject()
          .setItem(COSName.getPDFName("DocentBallast"), ballast);
      document.save(file.toFile());
    }
    return file;
  }
}
