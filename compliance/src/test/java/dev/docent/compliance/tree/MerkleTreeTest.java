package dev.docent.compliance.tree;

import static dev.docent.compliance.tree.GoOracle.base64;
import static dev.docent.compliance.tree.GoOracle.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  // The eight records and the roots of their trees with which implementations of RFC 6962 are
  // compared; published with the certificate-transparency project's merkle tree tests.
  private static final List<String> RECORDS =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void rootsAreThoseOfRfc6962() {
    TreeHasher hasher = new TreeHasher();
    StoredTree tree = new StoredTree();
    assertThat(hex(tree.frontier().root()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (int i = 0; i < RECORDS.size(); i++) {
      tree.append(hasher.leaf(HexFormat.of().parseHex(RECORDS.get(i))));
      assertThat(hex(tree.frontier().root())).isEqualTo(ROOTS.get(i));
      assertThat(hex(tree.view().root())).isEqualTo(ROOTS.get(i));
    }
  }

  @Test
  void everyProofOfEverySmallTreeHolds() {
    StoredTree tree = StoredTree.of(leaves(70));
    TreeView view = tree.view();
    for (int size = 1; size <= 70; size++) {
      byte[] root = view.root(size);
      for (int leaf = 0; leaf < size; leaf++) {
        assertThat(
                MerkleProofs.rootOfInclusion(
                    leaves(70).get(leaf), leaf, size, view.inclusion(leaf, size)))
            .hasValue(root);
      }
      for (int older = 0; older <= size; older++) {
        List<byte[]> path = view.consistency(older, size);
        assertThat(MerkleProofs.consistent(older, view.root(older), size, root, path)).isTrue();
        if (older > 0 && older < size) {
          byte[] wrong = view.root(older).clone();
          wrong[3] ^= 1;
          assertThat(MerkleProofs.consistent(older, wrong, size, root, path)).isFalse();
          assertThat(MerkleProofs.consistent(older, view.root(older), size, wrong, path)).isFalse();
        }
      }
    }
  }

  @Test
  void proofsOfATreeOfSeveralTileLevelsHold() {
    int size = 66_000;
    List<byte[]> leaves = leaves(size);
    TreeView view = StoredTree.of(leaves).view();
    byte[] root = view.root();
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      int leaf = random.nextInt(size);
      List<byte[]> path = view.inclusion(leaf, size);
      assertThat(path).hasSizeLessThanOrEqualTo(17);
      assertThat(MerkleProofs.rootOfInclusion(leaves.get(leaf), leaf, size, path)).hasValue(root);

      int older = 1 + random.nextInt(size);
      assertThat(
              MerkleProofs.consistent(
                  older, view.root(older), size, root, view.consistency(older, size)))
          .isTrue();

      int count = 1 + random.nextInt(Math.min(300, size - leaf));
      List<byte[]> others = view.range(leaf, count);
      assertThat(MerkleProofs.rootOfRange(leaves.subList(leaf, leaf + count), leaf, size, others))
          .hasValue(root);
      byte[] wrong = leaves.get(leaf).clone();
      wrong[0] ^= 1;
      List<byte[]> changed = new ArrayList<>(leaves.subList(leaf, leaf + count));
      changed.set(0, wrong);
      assertThat(MerkleProofs.rootOfRange(changed, leaf, size, others).orElseThrow())
          .isNotEqualTo(root);
    }
  }

  @Test
  void proofsOfTheWrongLengthProveNothing() {
    List<byte[]> leaves = leaves(11);
    TreeView view = StoredTree.of(leaves).view();
    List<byte[]> path = view.inclusion(10, 11);
    byte[] leaf = leaves.get(10);
    assertThat(MerkleProofs.rootOfInclusion(leaf, 10, 11, path.subList(0, path.size() - 1)))
        .isEmpty();
    assertThat(MerkleProofs.rootOfInclusion(leaf, 11, 11, path)).isEmpty();
    assertThat(MerkleProofs.rootOfInclusion(leaf, -1, 11, path)).isEmpty();
    List<byte[]> longer = new ArrayList<>(path);
    longer.add(leaf);
    assertThat(MerkleProofs.rootOfInclusion(leaf, 10, 11, longer)).isEmpty();
    assertThat(MerkleProofs.consistent(5, view.root(5), 11, view.root(), List.of())).isFalse();
    assertThat(MerkleProofs.consistent(12, view.root(5), 11, view.root(), List.of())).isFalse();
    assertThat(MerkleProofs.rootOfRange(leaves.subList(0, 3), 0, 11, List.of())).isEmpty();
    assertThat(MerkleProofs.rootOfRange(leaves.subList(0, 3), 9, 11, List.of())).isEmpty();
    assertThatThrownBy(() -> view.inclusion(11, 11)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void frontierGrowsBySubtreesAsByLeaves() {
    TreeHasher hasher = new TreeHasher();
    List<byte[]> leaves = leaves(13);
    Frontier bySubtrees = new Frontier();
    bySubtrees.appendSubtree(
        2,
        hasher.node(
            hasher.node(leaves.get(0), leaves.get(1)), hasher.node(leaves.get(2), leaves.get(3))));
    leaves.subList(4, 13).forEach(bySubtrees::append);
    assertThat(bySubtrees.size()).isEqualTo(13);
    assertThat(bySubtrees.root()).isEqualTo(StoredTree.of(leaves).frontier().root());
    assertThatThrownBy(() -> bySubtrees.appendSubtree(1, leaves.getFirst()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Both ways: our proofs convince Go, Go's proofs are ours.
  @Test
  void agreesWithGo() {
    try (GoOracle go = GoOracle.start()) {
      Random random = new Random(11);
      assertThat(go.ask("leaf", base64("record 3".getBytes(UTF_8))))
          .isEqualTo(base64(leaves(4).get(3)));
      for (int size : new int[] {1, 2, 3, 7, 8, 255, 256, 257, 1000, 5000}) {
        List<byte[]> leaves = leaves(size);
        TreeView view = StoredTree.of(leaves).view();
        assertThat(go.ask("root", list(leaves))).isEqualTo(base64(view.root()));
        for (int i = 0; i < 12; i++) {
          int leaf = random.nextInt(size);
          String path = list(view.inclusion(leaf, size));
          assertThat(go.ask("prove", leaf, list(leaves))).isEqualTo(path);
          assertThat(
                  go.ask(
                      "inclusion", size, base64(view.root()), leaf, base64(leaves.get(leaf)), path))
              .isEqualTo("ok");
          int older = 1 + random.nextInt(size);
          String extension = list(view.consistency(older, size));
          assertThat(go.ask("extend", older, list(leaves))).isEqualTo(extension);
          assertThat(
                  go.ask(
                      "consistency",
                      size,
                      base64(view.root()),
                      older,
                      base64(view.root(older)),
                      extension))
              .isEqualTo("ok");
        }
      }
    }
  }

  static List<byte[]> leaves(int count) {
    TreeHasher hasher = new TreeHasher();
    return IntStream.range(0, count)
        .mapToObj(i -> hasher.leaf(("record " + i).getBytes(UTF_8)))
        .toList();
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
