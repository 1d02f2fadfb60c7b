/** Live handles to what exists: nodes, pooler, roles, and waiting for a state. */
package dev.pgdrill.cluster;
