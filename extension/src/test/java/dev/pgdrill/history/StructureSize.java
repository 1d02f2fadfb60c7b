package dev.pgdrill.history;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.AbstractHistogram;
import org.roaringbitmap.RoaringBitmap;

/**
 * Roughly how many bytes an object of this package keeps alive, its own JDK collections included.
 */
final class StructureSize {
  private static final int OBJECT_BYTES = 24;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private StructureSize() {}

  static long of(Object root) {
    return new StructureSize().size(root);
  }

  private long size(Object object) {
    if (object == null || !seen.add(object)) {
      return 0;
    }
    if (object instanceof RoaringBitmap bitmap) {
      return bitmap.getLongSizeInBytes();
    }
    if (object instanceof AbstractHistogram histogram) {
      return histogram.getEstimatedFootprintInBytes();
    }
    if (object instanceof int[] ints) {
      return OBJECT_BYTES + 4L * Array.getLength(ints);
    }
    long bytes = OBJECT_BYTES;
    if (object instanceof Collection<?> elements) {
      bytes += elements.stream().mapToLong(this::size).sum();
    } else if (object instanceof Map<?, ?> map) {
      bytes += size(map.keySet()) + size(map.values());
    } else if (object.getClass().getName().startsWith("dev.pgdrill.")) {
      bytes += fields(object);
    }
    return bytes;
  }

  private long fields(Object object) {
    long bytes = 0;
    for (Field field : object.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        field.setAccessible(true);
        try {
          bytes += size(field.get(object));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    return bytes;
  }
}
