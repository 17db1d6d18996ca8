package dev.docent.compliance.verify;

import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the checking person has from elsewhere than the export.
///
/// @param key the log's; without it the export's own is believed
/// @param witnesses keys of witnesses; each must have signed the checkpoint
/// @param earlier a checkpoint of the same log that was kept from before
/// @param folder of checkpoints, as the log or a witness kept it
public record Trust(
    Optional<VerifierKey> key,
    List<VerifierKey> witnesses,
    Optional<SignedNote> earlier,
    Optional<Path> folder) {
  /// Nothing but the export.
  public static final Trust NONE =
      new Trust(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  public Trust {
    witnesses = List.copyOf(witnesses);
  }
}
