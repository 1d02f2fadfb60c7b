package dev.pgdrill.topology;

/**
 * A user and its password; its text never shows the password.
 *
 * @param user role name
 * @param password clear text, random per cluster
 */
public record Credentials(String user, String password) {

  @Override
  public String toString() {
    return user + ":***";
  }
}
