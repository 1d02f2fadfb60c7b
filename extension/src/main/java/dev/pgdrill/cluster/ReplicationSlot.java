package dev.pgdrill.cluster;

/** The physical slot that keeps WAL for a standby; it has the standby's name. */
public final class ReplicationSlot {
  private ReplicationSlot() {}

  /** SQL that makes the slot unless it exists. */
  public static String create(String standby) {
    String name = Sql.literal(standby);
    return "select pg_create_physical_replication_slot(%s, true) where not exists".formatted(name)
        + " (select from pg_replication_slots where slot_name = %s)".formatted(name);
  }
}
