package dev.pgdrill.cluster;

import dev.pgdrill.topology.Lsn;

/**
 * What a failover did.
 *
 * @param from the node that was primary
 * @param to the node that is primary now
 * @param oldTimeline the timeline that was left
 * @param newTimeline the timeline that clients write to now
 * @param switchPoint where the new timeline leaves the old one: commits on the old timeline at or
 *     beyond it are not part of the new one
 */
public record Failover(Node from, Node to, int oldTimeline, int newTimeline, Lsn switchPoint) {}
