package dev.docent.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessFilterTest {
  private static final GroupId HR = new GroupId("hr");

  @Test
  void callerWithoutGroupsSeesNothing() {
    var nobody = new AccessFilter.Readers(Set.of());

    assertThat(nobody.admits(Set.of(GroupId.EVERYONE, HR))).isFalse();
    assertThat(nobody.admits(Set.of())).isFalse();
  }

  @Test
  void oneSharedGroupOpensADocument() {
    var filter = new AccessFilter.Readers(Set.of(GroupId.EVERYONE, HR));

    assertThat(filter.admits(Set.of(HR, new GroupId("legal")))).isTrue();
    assertThat(filter.admits(Set.of(new GroupId("legal")))).isFalse();
  }

  @Test
  void unlabelledDocumentIsTheOperatorsAlone() {
    assertThat(new AccessFilter.Readers(Set.of(GroupId.EVERYONE)).admits(Set.of())).isFalse();
    assertThat(new AccessFilter.Everything().admits(Set.of())).isTrue();
  }

  @Test
  void groupsAreLowerCaseSlugs() {
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupId("HR"));
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupId(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupId("-hr"));
    assertThat(new GroupId("night-shift.2").value()).isEqualTo("night-shift.2");
  }
}
