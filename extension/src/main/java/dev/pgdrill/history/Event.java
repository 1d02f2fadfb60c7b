package dev.pgdrill.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

/**
 * One line of the history.
 *
 * @param seq position in this JVM's file, from 1
 * @param pid the JVM that wrote it
 * @param monoNs monotonic clock, nanoseconds, comparable within one JVM
 * @param wallMs wall clock, milliseconds since 1970
 * @param cluster cluster id, or null when the event is not about one
 * @param node node name, or null
 * @param link link name, or null
 * @param drill drill id, or null
 * @param kind what happened
 * @param data details; JSON scalars and arrays of them
 */
@JsonPropertyOrder({
  "seq", "pid", "monoNs", "wallMs", "cluster", "node", "link", "drill", "kind", "data"
})
public record Event(
    long seq,
    long pid,
    long monoNs,
    long wallMs,
    String cluster,
    String node,
    String link,
    String drill,
    Kind kind,
    Map<String, Object> data) {}
