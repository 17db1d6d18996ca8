package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity(name = "FolderLabel")
@Table(schema = "library", name = "folder_label")
class FolderLabelRow {
  @EmbeddedId Key key;

  @Column(nullable = false)
  String[] readers;

  /// @param path of the folder in its collection, without a slash at its ends
  @Embeddable
  record Key(
      @Column(name = "collection_id") UUID collectionId, @Column(name = "path") String path) {}
}
