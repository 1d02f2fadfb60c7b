package dev.pgdrill.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Code that a README shows is code that compiles: it is compared with the file that it names. */
class ReadmeTests {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- (\\S+\\.java) -->\\n```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void everySnippetStandsInTheFileThatItNames() throws IOException {
    Map<String, String> snippets = new LinkedHashMap<>();
    for (String readme : new String[] {"README.md", "extension/README.md"}) {
      SNIPPET
          .matcher(Files.readString(ROOT.resolve(readme)))
          .results()
          .forEach(match -> snippets.put(match.group(1), match.group(2)));
    }

    assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
    for (var snippet : snippets.entrySet()) {
      assertThat(Files.readString(ROOT.resolve(snippet.getKey())))
          .as(snippet.getKey())
          .contains(snippet.getValue());
    }
  }

  @Test
  void everyJavaBlockIsSuchASnippet() throws IOException {
    for (String readme : new String[] {"README.md", "extension/README.md"}) {
      String text = Files.readString(ROOT.resolve(readme));

      assertThat(text.split("```java", -1).length - 1)
          .as(readme)
          .isEqualTo(SNIPPET.matcher(text).results().count());
    }
  }
}
