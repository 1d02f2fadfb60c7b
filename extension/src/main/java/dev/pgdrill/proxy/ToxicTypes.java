package dev.pgdrill.proxy;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The toxics that this server knows, by their names in the HTTP API. */
final class ToxicTypes {
  private static final Map<String, Class<? extends Toxic>> TYPES =
      Map.ofEntries(
          Map.entry("noop", Noop.class),
          Map.entry("latency", Latency.class),
          Map.entry("bandwidth", Bandwidth.class),
          Map.entry("slow_close", SlowClose.class),
          Map.entry("timeout", Timeout.class),
          Map.entry("reset_peer", ResetPeer.class),
          Map.entry("slicer", Slicer.class),
          Map.entry("limit_data", LimitData.class),
          Map.entry("packet_loss", PacketLoss.class),
          Map.entry("pg_cut_on_commit", PgCutOnCommit.class),
          Map.entry("pg_cut_on_message", PgCutOnMessage.class),
          Map.entry("pg_delay_message", PgDelayMessage.class));

  private ToxicTypes() {}

  static boolean known(String type) {
    return TYPES.containsKey(type);
  }

  static Toxic create(String type, JsonNode attributes) {
    return Json.attributes(TYPES.get(type), null, attributes);
  }

  static Toxic change(Toxic old, JsonNode attributes) {
    return Json.attributes(old.getClass(), old, attributes);
  }
}
