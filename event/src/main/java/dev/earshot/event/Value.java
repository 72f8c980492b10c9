package dev.earshot.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of JSON, immutable, as rules compare it and templates show it. */
public sealed interface Value {

  record Text(String text) implements Value {}

  /** A number without a fraction that fits into 64 bits. */
  record Whole(long number) implements Value {}

  /** Any other number, as the nearest double. */
  record Decimal(double number) implements Value {}

  record Truth(boolean value) implements Value {}

  /** JSON's null, and what stands where there is no value. */
  record Nothing() implements Value {
    public static final Nothing NOTHING = new Nothing();
  }

  record Items(List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A JSON object, in the order of its document. */
  record Fields(Map<String, Value> fields) implements Value {

    public static final Fields EMPTY = new Fields(Map.of());

    public Fields {
      fields =
          fields.size() <= 1
              ? Map.copyOf(fields)
              : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The value under {@code name}, {@link Nothing} when there is none. */
    public Value get(String name) {
      return fields.getOrDefault(name, Nothing.NOTHING);
    }

    /** The value at a path of names joined by dots: {@code address.city}. */
    public Value at(String path) {
      Value value = fields.get(path);
      if (value != null) {
        return value;
      }
      int dot = path.indexOf('.');
      if (dot > 0 && fields.get(path.substring(0, dot)) instanceof Fields inner) {
        return inner.at(path.substring(dot + 1));
      }
      return Nothing.NOTHING;
    }

    /** These fields with the {@code changes} laid over them; a change to nothing removes. */
    public Fields with(Fields changes) {
      if (changes.fields.isEmpty()) {
        return this;
      }
      var merged = new LinkedHashMap<>(fields);
      changes.fields.forEach((name, value) -> {
        if (value instanceof Nothing) {
          merged.remove(name);
        } else {
          merged.put(name, value);
        }
      });
      return new Fields(merged);
    }
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(long number) {
    return new Whole(number);
  }

  static Value of(double number) {
    return new Decimal(number);
  }

  static Value of(boolean value) {
    return new Truth(value);
  }

  /** The value as a person would read it: text without quotes, nothing as the empty text. */
  default String shown() {
    return switch (this) {
      case Text(var text) -> text;
      case Whole(var number) -> Long.toString(number);
      case Decimal(var number) -> Double.toString(number);
      case Truth(var value) -> Boolean.toString(value);
      case Nothing() -> "";
      case Items _, Fields _ -> Json.text(this);
    };
  }
}
