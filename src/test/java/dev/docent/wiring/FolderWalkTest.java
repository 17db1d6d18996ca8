package dev.docent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.wiring.FolderWalk.Found;
import dev.docent.wiring.FolderWalk.LeftOut;
import dev.docent.wiring.FolderWalk.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWalkTest {
  @TempDir Path outside;
  private Path root;

  @BeforeEach
  void makeFolder() throws IOException {
    root = Files.createDirectory(outside.resolve("an intranet"));
    write("a.txt");
    write("sub/b.txt");
  }

  @Test
  void everythingIsEitherFoundOrLeftOutForAReason() throws IOException {
    Files.writeString(root.resolve(FolderRules.FILE), "{\"ignore\": [\"*.tmp\", \"drafts\"]}");
    write(".hidden");
    write(".git/config");
    write("x.tmp");
    write("drafts/c.txt");
    Files.writeString(outside.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(root.resolve("out.txt"), outside.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("nowhere.txt"), outside.resolve("nothing"));
    Files.createSymbolicLink(root.resolve("loop"), root);
    Files.createSymbolicLink(root.resolve("inside.txt"), root.resolve("a.txt"));

    FolderWalk walk = FolderWalk.of(root, FolderRules.of(root));

    assertThat(walk.files())
        .extracting(Found::path)
        .containsExactly("a.txt", "inside.txt", "sub/b.txt");
    assertThat(walk.leftOut())
        .containsExactly(
            new LeftOut(".docent.json", Why.RULES),
            new LeftOut(".git/", Why.HIDDEN),
            new LeftOut(".hidden", Why.HIDDEN),
            new LeftOut("drafts/", Why.IGNORED),
            new LeftOut("loop", Why.LINK),
            new LeftOut("nowhere.txt", Why.LINK),
            new LeftOut("out.txt", Why.LINK),
            new LeftOut("x.tmp", Why.IGNORED));
  }

  @Test
  void aSingleFileIsFoundWhateverItsName() throws IOException {
    write(".profile.txt");

    FolderWalk walk = FolderWalk.of(root.resolve(".profile.txt"), FolderRules.of(root));

    assertThat(walk.files()).extracting(Found::path).containsExactly(".profile.txt");
    assertThat(walk.leftOut()).isEmpty();
  }

  private void write(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "text");
  }
}
