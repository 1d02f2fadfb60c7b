/** What should exist: immutable values that know nothing of how they are made. */
package dev.pgdrill.topology;
