package bricklayer.functional.conformance;

import bricklayer.api.WireJson;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are wrong in ways that chance picks, for the record that a path reads. Which fields there are is read off the record itself, so that a new field is
 * tried without a word here.
 */
final class FuzzedBodies {

    /** Stands for text that is put into JSON as it is. */
    private static final String RAW = "~raw~";

    private static final List<Object> NO_NUMBER = List.of("1", "", "x", true, List.of(), List.of(1), Map.of());
    private static final List<Object> NO_INTEGER = List.of(
            "1",
            true,
            List.of(),
            Map.of(),
            raw("1.0"),
            raw("1e0"),
            raw("1e999"),
            raw("-0.5"),
            raw("9223372036854775808"),
            raw("1".repeat(400)),
            raw("1e-999999999"));
    private static final List<Object> NO_STRING =
            List.of(1, raw("1.5"), true, false, List.of(), List.of("a"), Map.of());
    private static final List<Object> NO_BOOLEAN = List.of(0, 1, "true", "", List.of(true), Map.of());
    private static final List<Object> NO_LIST =
            List.of("a", "", 1, true, Map.of("a", "b"), List.of(1), List.of(List.of("a")), List.of("a", Map.of()));
    private static final List<Object> NO_MAP =
            List.of("a", "", 1, true, List.of("a"), List.of(Map.of()), Map.of("a", 1), Map.of("a", Map.of()));
    private static final List<Object> NO_OBJECT = List.of("a", "", 1, true, List.of(), List.of(Map.of()), raw("1e5"));

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "a",
            "..",
            "/",
            "/dev/../x",
            "-",
            "--help",
            "%s%n",
            "'; reboot #",
            "$(reboot)",
            "`id`",
            "\u0000",
            "\u0007\u001b[2J",
            "a\nb",
            "\r\n\r\nGET / HTTP/1.1",
            "ü",
            "\ud83d\ude00",
            "\ud800",
            "\u2028",
            "\ufeff",
            "\u202e",
            "null",
            "true",
            "0",
            "{}",
            "[]",
            "\"",
            "\\",
            "<script>",
            "../../../etc/passwd",
            "user.heketi.arbiter true",
            "user.heketi.average-file-size -1",
            "user.heketi.device-tag-match a!=",
            "replicate",
            "disperse",
            "online",
            "failed",
            "set",
            "delete",
            "enable",
            "0123456789abcdef0123456789abcdef",
            "0123456789ABCDEF",
            "255.255.255.255",
            "::1",
            "a".repeat(64),
            "a".repeat(300),
            "ä".repeat(70),
            "x".repeat(20_000));
    private static final List<Object> NUMBERS = List.of(
            0,
            1,
            -1,
            2,
            3,
            4,
            31,
            33,
            100,
            101,
            -100,
            1 << 20,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            2147483648L,
            4294967296L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE / 1024,
            raw("1e2"),
            raw("0.1"),
            raw("1e38"),
            raw("3.5e38"),
            raw("1e-50"));

    /** A field of a record or of a record inside it: the JSON names that lead to it. */
    private record Field(List<String> path, Type type) {}

    private final Class<?> type;
    private final List<Field> fields;

    FuzzedBodies(Class<?> type) {
        this.type = type;
        this.fields = fields(type, List.of());
    }

    int fieldCount() {
        return fields.size();
    }

    /** JSON in which one field, and no more, has a value of a type that cannot be read. */
    String oneWrongType(Random random) {
        if (fields.isEmpty()) {
            return truncated("{}", random);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        Field field = fields.get(random.nextInt(fields.size()));
        put(body, field.path(), pick(random, wrong(field.type())));
        if (random.nextBoolean()) { // keys in any case are the same keys
            Map<String, Object> upper = new LinkedHashMap<>();
            body.forEach((key, value) -> upper.put(key.toUpperCase(java.util.Locale.ROOT), value));
            body = upper;
        }
        return written(body);
    }

    /** Text that is no JSON. */
    byte[] malformed(Random random) {
        String some = any(random, Map.of());
        String text = switch (random.nextInt(8)) {
            case 0 -> truncated(some, random);
            case 1 -> some + pick(random, List.of("}", "x", ",", "{}", "null", "\u0000", "]"));
            case 2 -> "[".repeat(1 + random.nextInt(20_000));
            case 3 -> "{\"a\":".repeat(1 + random.nextInt(20_000));
            case 4 -> "{\"" + pick(random, NASTY).replace("\\", "").replace("\"", "") + "\u0001\":1}";
            case 5 ->
                pick(
                        random,
                        List.of(
                                "",
                                " ",
                                "tru",
                                "nul",
                                "'a'",
                                "{a:1}",
                                "{\"a\" 1}",
                                "{\"a\":1,}",
                                "{,}",
                                "//",
                                "NaN",
                                "-",
                                "01",
                                "+1",
                                ".5",
                                "1.",
                                "{\"a\":\"\\x\"}",
                                "{\"a\":\"\\u12\"}",
                                "{\"a\":Infinity}",
                                "<a/>",
                                "a=b&c=d"));
            case 6 -> "[" + some + "]";
            default -> "\"" + "x".repeat(random.nextInt(200_000));
        };
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0 && bytes.length > 0) {
            // begins with what begins no value, and may be no UTF-8
            bytes[0] = (byte) (0x80 | random.nextInt(128));
        }
        return bytes;
    }

    /**
     * JSON of the right types with values of any kind, and bytes that are no UTF-8 now and then.
     *
     * @param kept what stays as it is, by field
     */
    byte[] values(Random random, Map<String, Object> kept) {
        byte[] bytes = any(random, kept).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        int place = text.indexOf("reboot");
        if (place > 0 && random.nextBoolean()) {
            bytes[place] = (byte) 0xff;
            bytes[place + 1] = (byte) 0xc0;
        }
        return bytes;
    }

    private String any(Random random, Map<String, Object> kept) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (Field field : fields) {
            if (random.nextInt(3) > 0) {
                put(body, field.path(), right(field.type(), random));
            }
        }
        if (random.nextInt(4) == 0) {
            body.put("unknown", nested(random.nextInt(900)));
        }
        kept.forEach(body::put);
        return written(body);
    }

    private static Object nested(int depth) {
        return raw("[".repeat(depth) + "]".repeat(depth));
    }

    private static String truncated(String json, Random random) {
        return json.substring(0, random.nextInt(json.length()));
    }

    private static @Nullable Object right(Type type, Random random) {
        if (random.nextInt(20) == 0) {
            return null;
        }
        if (type == String.class) {
            return pick(random, NASTY);
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == float.class) {
            return pick(random, NUMBERS);
        }
        if (type == int.class || type == long.class) {
            return random.nextInt(4) == 0 ? random.nextLong() : pick(random, NUMBERS);
        }
        int count = random.nextInt(20) == 0 ? 2_000 : random.nextInt(40);
        if (isList(type)) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < Math.min(count, 200); i++) {
                list.add(short_(pick(random, NASTY)));
            }
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(short_(pick(random, NASTY)) + (random.nextBoolean() ? "" : i), short_(pick(random, NASTY)));
        }
        return map;
    }

    private static String short_(String text) {
        return text.length() > 1_000 ? text.substring(0, 100) : text;
    }

    private static List<Object> wrong(Type type) {
        if (type == String.class) {
            return NO_STRING;
        }
        if (type == boolean.class) {
            return NO_BOOLEAN;
        }
        if (type == float.class) {
            return NO_NUMBER;
        }
        if (type == int.class || type == long.class) {
            return NO_INTEGER;
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return NO_OBJECT;
        }
        return isList(type) ? NO_LIST : NO_MAP;
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType of && of.getRawType() == List.class;
    }

    private static List<Field> fields(Class<?> type, List<String> path) {
        List<Field> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            List<String> here = new ArrayList<>(path);
            here.add(nameOf(type, component));
            Class<?> raw = component.getType();
            if (raw.isRecord()) {
                fields.addAll(fields(raw, here));
            }
            fields.add(new Field(List.copyOf(here), component.getGenericType()));
        }
        return fields.stream()
                .filter(field -> !(field.type() instanceof Class<?> record && record.isRecord() && path.size() > 3))
                .toList();
    }

    private static String nameOf(Class<?> type, RecordComponent component) {
        JsonProperty name = component.getAccessor().getAnnotation(JsonProperty.class);
        if (name == null) {
            try {
                name = type.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException("a record without a field for " + component, e);
            }
        }
        return name == null || name.value().isEmpty() ? component.getName() : name.value();
    }

    /** A record that is to be written whole takes the place of its fields, and the other way round. */
    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> body, List<String> path, @Nullable Object value) {
        Map<String, Object> inner = body;
        for (String key : path.subList(0, path.size() - 1)) {
            Object next = inner.get(key);
            if (!(next instanceof Map)) {
                next = new LinkedHashMap<String, Object>();
                inner.put(key, next);
            }
            inner = (Map<String, Object>) next;
        }
        inner.put(path.getLast(), value);
    }

    private static String raw(String text) {
        return RAW + text + RAW;
    }

    private static String written(Map<String, Object> body) {
        return WireJson.write(body).replace("\"" + RAW, "").replace(RAW + "\"", "");
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " " + Objects.hash(fields.size());
    }
}
