package dev.pgdrill.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.pgdrill.topology.Lsn;
import org.junit.jupiter.api.Test;

class WalDumpTests {
  private static final String COMMITS =
      """
      rmgr: Transaction len (rec/tot):     34/    34, tx:        733, lsn: 0/03000060, prev 0/03000028, desc: COMMIT 2026-01-01 10:00:00.000001 UTC
      rmgr: Transaction len (rec/tot):     34/    34, tx:        734, lsn: 0/030000C0, prev 0/03000060, desc: ABORT 2026-01-01 10:00:00.000002 UTC
      rmgr: Transaction len (rec/tot):    290/   290, tx: 4294967295, lsn: 1/A0, prev 0/030000C0, desc: COMMIT 2026-01-01 10:00:00.000003 UTC; inval msgs: catcache 50 catcache 49 relcache 16384
      rmgr: Transaction len (rec/tot):    178/   178, tx:        735, lsn: 1/B0, prev 1/A0, desc: PREPARE gid p1: 2026-01-01 10:00:00.000004 UTC
      rmgr: Transaction len (rec/tot):     50/    50, tx:          0, lsn: 1/C0, prev 1/B0, desc: COMMIT_PREPARED 735: 2026-01-01 10:00:00.000005 UTC
      rmgr: Transaction len (rec/tot):     50/    50, tx:        736, lsn: 1/D0, prev 1/C0, desc: INVALIDATION ; inval msgs: catcache 50
      """;

  @Test
  void findsEveryCommitAndNothingElse() {
    assertThat(WalDump.commits(new CommandResult(0, COMMITS, "")))
        .containsOnly(
            entry(733L, Lsn.parse("0/3000060")),
            entry(4_294_967_295L, Lsn.parse("1/A0")),
            entry(735L, Lsn.parse("1/C0")));
  }

  @Test
  void endOfWhatWasWrittenIsNoFailure() {
    String end =
        "pg_waldump: error: error in WAL record at 1/D0: invalid record length at 1/E8: wanted 24,"
            + " got 0\n";
    String nothing = "pg_waldump: error: could not find a valid record after 1/D0\n";

    assertThat(WalDump.commits(new CommandResult(1, COMMITS, end))).hasSize(3);
    assertThat(WalDump.commits(new CommandResult(1, "", nothing))).isEmpty();
  }

  @Test
  void walThatCannotBeReadIsAFailureAndNotAnEmptyOne() {
    var unreadable =
        new CommandResult(1, "", "pg_waldump: error: could not open directory \"pg_wal\"\n");

    assertThatThrownBy(() -> WalDump.commits(unreadable))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("pg_waldump failed: pg_waldump: error: could not open directory \"pg_wal\"");
  }
}
