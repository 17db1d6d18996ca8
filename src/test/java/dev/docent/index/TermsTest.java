package dev.docent.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.junit.jupiter.api.Test;

class TermsTest {
  @Test
  void meetsOtherFormsOfAWord() {
    assertThat(terms("Employees' travelling expenses")).isEqualTo(terms("employee travel expense"));
    assertThat(terms("Müller's Café")).isEqualTo(terms("muller cafe"));
  }

  @Test
  void leavesNumbersAndVersionsWhole() {
    assertThat(terms("version 2.3.1 costs 1,000.50")).contains("2.3.1", "1,000.50");
  }

  @Test
  void leavesOutWhatCarriesNoMeaning() {
    assertThat(terms("the and of it")).isEmpty();
  }

  @Test
  void cutsChineseIntoPairs() {
    assertThat(terms("年次休暇")).containsExactly("年次", "次休", "休暇");
  }

  @Test
  void saysWhereATermStands() {
    assertThat(Terms.of("the notice periods"))
        .containsExactly(new Terms.Term("notic", 4, 10), new Terms.Term("period", 11, 18));
  }

  @Test
  void aQuestionIsItsMatter() {
    assertThat(WordQuery.terms("How many days of leave do I get?"))
        .isEqualTo(WordQuery.terms("many days leave"));
  }

  @Test
  void aQuestionOfQuestionWordsAloneKeepsThem() {
    assertThat(WordQuery.terms("who am I")).isNotEmpty();
  }

  @Test
  void aQuestionIsNeverAQueryLanguage() {
    assertThat(WordQuery.of("leave")).isNotEqualTo(WordQuery.of("travel"));
    for (String operators :
        List.of("leave*", "text: leave", "+leave -(x", "\"leave", "[leave TO *]")) {
      assertThat(clausesOf(WordQuery.of(operators)))
          .as(operators)
          .containsAll(clausesOf(WordQuery.of("leave")))
          .allMatch(DisjunctionMaxQuery.class::isInstance);
    }
    assertThat(WordQuery.of("* ? ( \"")).isInstanceOf(MatchNoDocsQuery.class);
  }

  private static List<Query> clausesOf(Query query) {
    return ((BooleanQuery) query).clauses().stream().map(BooleanClause::query).toList();
  }

  @Test
  void codesAreComparedWhole() {
    assertThat(Codes.in("see HR-2024/17, v2.3.1 and the 4-day week; e-mail"))
        .containsExactly("hr-2024/17", "v2.3.1", "4-day");
  }

  @Test
  void aNamesSpellingMeetsTheFiles() {
    assertThat(Names.terms("Best Buy's 10-K of 2023"))
        .contains("bestbuy", "10k", "2023")
        .doesNotContain("of");
    assertThat(Names.terms("BESTBUY_2023_10K.pdf")).contains("bestbuy", "10k", "2023");
  }

  private static List<String> terms(String text) {
    return Terms.of(text).stream().map(Terms.Term::value).toList();
  }
}
