/**
 * An embedded TCP fault proxy, wire-compatible with Toxiproxy's HTTP API. It stands alone: nothing
 * here knows of drills or topologies, and nothing else of pgdrill uses Netty.
 *
 * <p>Where it differs from Toxiproxy 2.12, on purpose:
 *
 * <ul>
 *   <li>{@code POST /proxies} and {@code /populate} take an array {@code toxics}: a proxy is
 *       created with them in force, or not at all. {@code /populate} checks its whole document
 *       first.
 *   <li>A client's half-close is passed on as one; Toxiproxy closes the other side wholly. A reset
 *       is passed on as a reset.
 *   <li>{@code reset_peer} resets connections that were open before it; {@code timeout} counts from
 *       the toxic's start, not from the last dropped chunk.
 *   <li>Toxicity is drawn once for a connection and a toxic; an update does not draw again, and a
 *       toxic that spared a connection leaves no trace on it when removed.
 *   <li>Negative times and sizes, a toxicity outside 0..1, and sizes that a slicer cannot work with
 *       are refused with 400. After {@code bad request body:} the words are Jackson's, not Go's.
 *   <li>Errors are {@code application/json} (Toxiproxy says {@code text/plain}), those for unknown
 *       paths (404) and methods (405) included. A body over 1 MiB is refused with 413. A name may
 *       hold a slash, written {@code %2F}.
 *   <li>An empty {@code listen} is a free port on loopback, not on all interfaces.
 *   <li>{@code /metrics} is always there, counts while connections are open, and has no series of
 *       Go's runtime.
 * </ul>
 *
 * <p>The types {@code pg_cut_on_commit}, {@code pg_cut_on_message} and {@code pg_delay_message} are
 * this server's own. They see a stream before the toxics that work on bytes, whatever the order in
 * which they were added. On an encrypted connection they can match nothing: that is logged as an
 * error, counted in {@code pgdrill_proxy_events_total{event="blind"}} and told to listeners.
 */
package dev.pgdrill.proxy;
