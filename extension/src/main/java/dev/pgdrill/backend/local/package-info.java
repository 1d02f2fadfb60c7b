/** The backend without containers: PostgreSQL and PgBouncer as child processes on loopback. */
package dev.pgdrill.backend.local;
