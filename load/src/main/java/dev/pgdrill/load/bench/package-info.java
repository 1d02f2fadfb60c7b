/** The benchmarks of pgdrill itself: each against a peer, interleaved in one run. */
package dev.pgdrill.load.bench;
