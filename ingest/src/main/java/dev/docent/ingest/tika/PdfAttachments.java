package dev.docent.ingest.tika;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationFileAttachment;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.jspecify.annotations.Nullable;

/// The files attached to a PDF or to one of its pages.
final class PdfAttachments {
  private static final int MAX_TREE_DEPTH = 16;

  private final Parts parts;

  PdfAttachments(Parts parts) {
    this.parts = parts;
  }

  void read(PDDocument document) throws IOException {
    var names = document.getDocumentCatalog().getNames();
    PDEmbeddedFilesNameTreeNode tree = names == null ? null : names.getEmbeddedFiles();
    if (tree != null) {
      read(tree, 0);
    }
    for (PDPage page : document.getPages()) {
      if (!page.getCOSObject().containsKey(COSName.ANNOTS)) {
        continue;
      }
      for (PDAnnotation annotation : page.getAnnotations()) {
        if (annotation instanceof PDAnnotationFileAttachment attachment
            && attachment.getFile() instanceof PDComplexFileSpecification file) {
          read(file);
        }
      }
    }
  }

  private void read(PDNameTreeNode<PDComplexFileSpecification> node, int depth) throws IOException {
    Map<String, PDComplexFileSpecification> files = node.getNames();
    if (files != null) {
      for (PDComplexFileSpecification file : files.values()) {
        read(file);
      }
    }
    if (node.getKids() != null && depth < MAX_TREE_DEPTH) {
      for (PDNameTreeNode<PDComplexFileSpecification> kid : node.getKids()) {
        read(kid, depth + 1);
      }
    }
  }

  private void read(@Nullable PDComplexFileSpecification file) throws IOException {
    PDEmbeddedFile bytes = file == null ? null : embedded(file);
    if (file == null || bytes == null) {
      return;
    }
    var metadata = new Metadata();
    String name = file.getFilename();
    if (name != null) {
      metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    }
    try (InputStream in = bytes.createInputStream()) {
      parts.read(in, metadata);
    }
  }

  private static @Nullable PDEmbeddedFile embedded(PDComplexFileSpecification file) {
    PDEmbeddedFile bytes = file.getEmbeddedFileUnicode();
    return bytes != null ? bytes : file.getEmbeddedFile();
  }
}
