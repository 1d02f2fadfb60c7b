package dev.pgdrill.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleasesTests {
  private final List<String> ended = new ArrayList<>();
  private final Releases releases = new Releases();

  @Test
  void whatWasStartedLastEndsFirstAndOnlyOnce() {
    releases.add(() -> ended.add("directory"));
    AutoCloseable server = () -> ended.add("server");
    AutoCloseable added = releases.add(server);

    releases.close();
    releases.close();

    assertThat(added).isSameAs(server);
    assertThat(ended).containsExactly("server", "directory");
  }

  @Test
  void everythingEndsEvenWhenEndingSomeOfItFails() {
    var first = new IllegalArgumentException("pooler");
    var second = new java.io.IOException("server");
    releases.add(() -> ended.add("directory"));
    releases.add(failing(second));
    releases.add(() -> ended.add("replica"));
    releases.add(failing(first));

    assertThatThrownBy(releases::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not everything could be ended")
        .hasCause(first)
        .hasSuppressedException(second);
    assertThat(ended).containsExactly("replica", "directory");
  }

  @Test
  void problemsOfEndingDoNotHideTheFailureThatCameBefore() {
    var failure = new ProvisioningException("no port");
    releases.add(() -> ended.add("directory"));
    releases.add(failing(new IllegalArgumentException("server")));

    releases.closeAfter(failure);

    assertThat(ended).containsExactly("directory");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(problem -> assertThat(problem).hasRootCauseMessage("server"));
  }

  @Test
  void cleanEndAddsNothingToTheFailure() {
    var failure = new ProvisioningException("no port");
    releases.add(() -> ended.add("directory"));

    releases.closeAfter(failure);

    assertThat(ended).containsExactly("directory");
    assertThat(failure.getSuppressed()).isEmpty();
  }

  private static AutoCloseable failing(Exception problem) {
    return () -> {
      throw problem;
    };
  }
}
