package bricklayer.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the commonest answers without data binding, which looks at every record through reflection before it reads the first one: for a program that asks a few
 * things and ends, that takes longer than all else. Only what is as the servers write it is read here; nulls, members in another case, numbers of another kind and whatever
 * else is odd are left to {@link WireJson}, so that what is read and what is refused is the same.
 */
public final class PlainAnswers {

    private static final JsonFactory FACTORY = new JsonFactory();

    private PlainAnswers() {}

    /**
     * Reads a value that {@link WireJson#read(byte[], Class)} would read as the same.
     *
     * @return empty when that has to be asked
     */
    public static <T> Optional<T> read(byte[] text, Class<T> type) {
        Function<Members, ?> reader = reader(type);
        if (reader == null) {
            return Optional.empty();
        }
        try {
            return tree(text).map(value -> type.cast(record(value, reader)));
        } catch (NotPlain e) {
            return Optional.empty();
        }
    }

    /**
     * Reads an object of any shape as maps, lists, texts, {@code Long}, {@code Float} and {@code Boolean}.
     *
     * @return empty when that is not enough to say what is there
     */
    public static Optional<Map<?, ?>> object(byte[] text) {
        return tree(text).filter(Map.class::isInstance).map(value -> (Map<?, ?>) value);
    }

    private static Optional<Object> tree(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(new String(text, StandardCharsets.UTF_8))) {
            parser.nextToken();
            Object value = value(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException | NotPlain e) {
            return Optional.empty();
        }
    }

    private static @Nullable Function<Members, ?> reader(Class<?> type) {
        if (type == VolumeList.class) {
            return it -> new VolumeList(it.texts("volumes"));
        }
        if (type == VolumeInfo.class) {
            return PlainAnswers::volume;
        }
        if (type == BlockVolumeList.class) {
            return it -> new BlockVolumeList(it.texts("blockvolumes"));
        }
        if (type == ClusterList.class) {
            return it -> new ClusterList(it.texts("clusters"));
        }
        if (type == ClusterInfo.class) {
            return PlainAnswers::cluster;
        }
        if (type == NodeInfo.class) {
            return PlainAnswers::node;
        }
        return type == DeviceInfo.class ? PlainAnswers::device : null;
    }

    private static VolumeInfo volume(Members it) {
        return new VolumeInfo(
                it.number("size"),
                it.text("name"),
                it.object("durability", PlainAnswers::durability, Durability.UNSAID),
                it.number("gid"),
                it.texts("glustervolumeoptions"),
                it.flag("block"),
                it.object("snapshot", its -> new Snapshot(its.flag("enable"), its.decimal("factor")), Snapshot.UNSAID),
                it.text("id"),
                it.text("cluster"),
                it.object(
                        "mount",
                        its -> new VolumeMount(
                                its.object("glusterfs", PlainAnswers::glusterfs, VolumeMount.NONE.glusterfs())),
                        VolumeMount.NONE),
                it.object("blockinfo", PlainAnswers::blockInfo, BlockInfo.NONE),
                it.objects("bricks", PlainAnswers::brick),
                it.flag("readonly"));
    }

    private static Durability durability(Members it) {
        return new Durability(
                it.text("type"),
                it.object(
                        "replicate",
                        its -> new Durability.Replicate(its.integer("replica")),
                        Durability.UNSAID.replicate()),
                it.object(
                        "disperse",
                        its -> new Durability.Disperse(its.integer("data"), its.integer("redundancy")),
                        Durability.UNSAID.disperse()));
    }

    private static VolumeMount.Glusterfs glusterfs(Members it) {
        return new VolumeMount.Glusterfs(it.texts("hosts"), it.text("device"), it.map("options"));
    }

    private static BlockInfo blockInfo(Members it) {
        return new BlockInfo(
                it.number("freesize"), it.number("reservedsize"), it.texts("blockvolume"), it.text("restriction"));
    }

    private static BrickInfo brick(Members it) {
        return new BrickInfo(
                it.text("id"),
                it.text("path"),
                it.text("device"),
                it.text("node"),
                it.text("volume"),
                it.number("size"));
    }

    private static ClusterInfo cluster(Members it) {
        return new ClusterInfo(
                it.text("id"),
                it.texts("nodes"),
                it.texts("volumes"),
                it.flag("block"),
                it.flag("file"),
                it.texts("blockvolumes"));
    }

    private static NodeInfo node(Members it) {
        return new NodeInfo(
                it.integer("zone"),
                it.object("hostnames", its -> new Hostnames(its.texts("manage"), its.texts("storage")), Hostnames.NONE),
                it.text("cluster"),
                it.map("tags"),
                it.text("id"),
                it.text("state"),
                it.objects("devices", PlainAnswers::device));
    }

    private static DeviceInfo device(Members it) {
        return new DeviceInfo(
                it.text("name"),
                it.map("tags"),
                it.object(
                        "storage",
                        its -> new Storage(its.number("total"), its.number("free"), its.number("used")),
                        Storage.NONE),
                it.text("id"),
                it.texts("paths"),
                it.text("pv_uuid"),
                it.text("state"),
                it.objects("bricks", PlainAnswers::brick));
    }

    /** Something that only data binding knows what to make of. */
    private static final class NotPlain extends RuntimeException {
        NotPlain() {
            super(null, null, false, false);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new NotPlain();
        }
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> values(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getFloatValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new NotPlain();
        };
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (members.put(name, value(parser)) != null) {
                throw new NotPlain();
            }
        }
        return members;
    }

    private static List<Object> values(JsonParser parser) throws IOException {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }

    private static <T> T record(Object value, Function<Members, T> reader) {
        Members members = new Members(as(Map.class, value));
        T read = reader.apply(members);
        members.end();
        return read;
    }

    private static <T> T as(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new NotPlain();
        }
        return type.cast(value);
    }

    /** The members of one object, each taken once. */
    private static final class Members {

        private final Map<?, ?> left;

        Members(Map<?, ?> all) {
            this.left = all;
        }

        /** What was not asked for is ignored, unless its name is one that was, in another case. */
        void end() {
            for (Object name : left.keySet()) {
                String text = (String) name;
                if (!text.equals(text.toLowerCase(Locale.ROOT))) {
                    throw new NotPlain();
                }
            }
        }

        private <T> T take(String name, Class<T> type, T absent) {
            Object value = left.remove(name);
            return value == null ? absent : as(type, value);
        }

        String text(String name) {
            return take(name, String.class, "");
        }

        long number(String name) {
            return take(name, Long.class, 0L);
        }

        int integer(String name) {
            long number = number(name);
            if (number != (int) number) {
                throw new NotPlain();
            }
            return (int) number;
        }

        float decimal(String name) {
            float value = take(name, Number.class, 0f).floatValue();
            if (!Float.isFinite(value)) {
                throw new NotPlain();
            }
            return value;
        }

        boolean flag(String name) {
            return take(name, Boolean.class, false);
        }

        List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            for (Object value : take(name, List.class, List.of())) {
                texts.add(as(String.class, value));
            }
            return texts;
        }

        Map<String, String> map(String name) {
            Map<String, String> map = new LinkedHashMap<>();
            for (Object entry : take(name, Map.class, Map.of()).entrySet()) {
                Map.Entry<?, ?> one = (Map.Entry<?, ?>) entry;
                map.put((String) one.getKey(), as(String.class, one.getValue()));
            }
            return map;
        }

        <T> T object(String name, Function<Members, T> reader, T absent) {
            Object value = left.remove(name);
            return value == null ? absent : record(value, reader);
        }

        <T> List<T> objects(String name, Function<Members, T> reader) {
            List<T> objects = new ArrayList<>();
            for (Object value : take(name, List.class, List.of())) {
                objects.add(record(value, reader));
            }
            return objects;
        }
    }
}
