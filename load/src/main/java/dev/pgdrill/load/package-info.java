/** Load, and the benchmarks of pgdrill itself. */
package dev.pgdrill.load;
