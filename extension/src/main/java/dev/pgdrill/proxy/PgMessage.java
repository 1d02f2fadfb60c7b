package dev.pgdrill.proxy;

/**
 * A message as rules see it.
 *
 * @param direction from the frontend (upstream) or from the backend (downstream)
 * @param type the protocol's letter
 * @param text of a frontend's message: the beginning of the query that it sends, binds, describes
 *     or runs, where one is known; of a CommandComplete: the command tag; else null
 */
record PgMessage(Direction direction, char type, String text) {}
