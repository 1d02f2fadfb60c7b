package dev.pgdrill.plan;

/** Prints what a JVM with a given command line and environment finds for some settings. */
final class SettingProbe {
  private SettingProbe() {}

  public static void main(String[] names) {
    for (String name : names) {
      System.out.println(name + "=" + Setting.valueOf(name).find().orElse("unset"));
    }
  }
}
