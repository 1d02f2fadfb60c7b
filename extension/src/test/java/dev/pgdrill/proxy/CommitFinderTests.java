package dev.pgdrill.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitFinderTests {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit",
        "COMMIT WORK",
        "END TRANSACTION",
        ";;commit",
        "select 1;commit",
        "select 1 /* ; */;\n\t/* c */ commit",
        "select '''';commit",
        "select E'\\'';commit",
        "select $$;$$;commit",
        "select $a$;$b$ $$ $a$;commit",
        "select \";\";end",
        "COMMIT PREPARED 'x'",
        "select 1--x\n;commit",
        "select a$b;commit",
        "select $1;commit"
      })
  void finds(String sql) {
    assertThat(CommitFinder.isCommit(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "commitment",
        "ended",
        "select commit",
        "select 1; select ';commit'",
        "select 1; -- \n select 2 -- ;commit",
        "select /* ;commit; */ 1",
        "select /* /* */ ;commit */ 1",
        "select $$;commit;$$",
        "select $x$ $$;commit;$$ $x$",
        "select \";commit\"",
        "select E'\\';commit'",
        "begin; select case when true then 1 end",
        "'x' commit"
      })
  void doesNotFind(String sql) {
    assertThat(CommitFinder.isCommit(sql)).isFalse();
  }
}
