package dev.pgdrill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"pg2 | 'pg2'", "`` | ''", "O'Neil | 'O''Neil'", "'; drop -- | '''; drop --'"})
  void literalHoldsAnyTextAsItIs(String text, String literal) {
    assertThat(Sql.literal(text)).isEqualTo(literal);
  }
}
