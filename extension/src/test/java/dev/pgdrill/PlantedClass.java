package dev.pgdrill;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A class that is compiled for a test of a rule and is in no source folder.
 *
 * @param name with its package
 * @param source the whole file
 */
record PlantedClass(String name, String source) {
  private static final Pattern DECLARATION = Pattern.compile("class (\\w+)");

  /**
   * Declares the class.
   *
   * @param home its package, real or not
   * @param declaration such as {@code class Clock { long now; }}; its name is unique in the package
   */
  static PlantedClass in(String home, String declaration) {
    Matcher matcher = DECLARATION.matcher(declaration);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no class is declared in: " + declaration);
    }
    return new PlantedClass(
        home + "." + matcher.group(1), "package %s;%n%s%n".formatted(home, declaration));
  }

  /** Compiles all together, with this test's class path. */
  static void compile(List<PlantedClass> classes, Path target) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var words = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                words,
                null,
                null,
                List.of(
                    "-d",
                    target.toString(),
                    "-proc:none",
                    "-classpath",
                    System.getProperty("java.class.path")),
                null,
                classes.stream().map(PlantedClass::file).toList())
            .call();
    if (!compiled) {
      throw new IllegalStateException("the planted classes do not compile: " + words);
    }
  }

  private JavaFileObject file() {
    URI uri = URI.create("planted:///" + name.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
