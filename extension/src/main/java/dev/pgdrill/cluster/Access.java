package dev.pgdrill.cluster;

import dev.pgdrill.topology.Credentials;

/**
 * Who may log in to a cluster.
 *
 * @param admin superuser, used by the harness straight to the servers and at the pooler's console
 * @param app owner of the database that clients use; no superuser
 * @param database that database, also the name under which the pooler serves it
 */
public record Access(Credentials admin, Credentials app, String database) {}
