package bricklayer.store.codec;

import static java.util.Objects.requireNonNull;

import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Schema;
import bricklayer.store.Table;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.jsontype.impl.AsWrapperTypeSerializer;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleKeyDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as JSON and reads them back.
 *
 * <pre>
 *   record component     {"component":value}, in the order of declaration; an empty Optional is left out
 *   Key                  "its value", also as the key of a map
 *   Instant, Duration    "2026-11-21T10:15:30Z", "PT1H30M"
 *   Table                "its name"
 *   registered subtype   {"name/version":{...}}   where the declared type is the base
 *   Row                  {"table/version":{...}}  where the declared type is Row
 * </pre>
 *
 * <p>Names and versions are for ever. A component may be added without a new version only if it is an Optional; components that are not known
 * are ignored. Immutable, thread-safe.
 */
public final class JsonCodec {

    private static final int RECENT_MASK = (1 << 14) - 1;

    /** Keys that were read lately: many rows name the same node or device, and need not have a copy of its id each. Threads may overwrite each other's, which costs a copy. */
    private static final @Nullable Object[] RECENT = new Object[RECENT_MASK + 1];

    private static final ClassValue<Constructor<?>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(String.class);
                constructor.setAccessible(true);
                return constructor;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type.getName() + " is a Key, so it must be made from one String", e);
            }
        }
    };

    private final Schema schema;
    private final Map<String, ObjectWriter> writers = new HashMap<>();
    private final Map<RowVersion, RowReader> readers = new HashMap<>();

    private JsonCodec(Builder builder) {
        this.schema = builder.schema;
        builder.check();
        JsonMapper mapper = mapper(builder);
        for (Table<?, ?> table : schema.tables()) {
            writers.put(table.name(), mapper.writerFor(table.rowType()));
            readers.put(
                    new RowVersion(table.name(), table.version()),
                    new RowReader(table.rowType(), row -> (Row<?>) row, mapper.readerFor(table.rowType())));
        }
        builder.older.forEach((version, older) ->
                readers.put(version, new RowReader(older.type(), older.upgrade(), mapper.readerFor(older.type()))));
    }

    public static Builder builder(Schema schema) {
        return new Builder(schema);
    }

    public Schema schema() {
        return schema;
    }

    /** The row in the table's present version, as UTF-8. */
    public byte[] encode(Table<?, ?> table, Row<?> row) {
        ObjectWriter writer = writers.get(table.name());
        if (writer == null) {
            throw new IllegalArgumentException("table " + table.name() + " is not in the schema of this codec");
        }
        try {
            return writer.writeValueAsBytes(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write row " + row.id().value() + " of table " + table.name(), e);
        }
    }

    /**
     * The row that was written in some version, brought to the present one.
     *
     * @throws UndecodableRow when the version is not known or the bytes are not such a row
     */
    public <K extends Key, V extends Row<K>> V decode(Table<K, V> table, int version, byte[] json) {
        RowReader reader = readers.get(new RowVersion(table.name(), version));
        if (reader == null) {
            throw new UndecodableRow(noReader(table, version));
        }
        try {
            return table.rowType().cast(reader.read(json));
        } catch (IOException
                | RuntimeException e) { // row types run code of their own; whatever it throws costs this row only
            throw new UndecodableRow(
                    "not a row of table " + table.name() + " in version " + version + ": " + firstLine(e), e);
        }
    }

    private static String noReader(Table<?, ?> table, int version) {
        return version > table.version()
                ? "version " + version + " of table " + table.name()
                        + " was written by a newer release; this one reads up to " + table.version()
                : "version " + version + " of table " + table.name() + " is no longer read by this release";
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.lines().findFirst().orElse(e.toString());
    }

    private JsonMapper mapper(Builder builder) {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(storeModule(builder))
                .setDefaultTyping(new NamesByDeclaredType(builder))
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private SimpleModule storeModule(Builder builder) {
        SimpleModule module = new SimpleModule("bricklayer-store");
        module.addSerializer(Key.class, new KeyAsText());
        module.addKeySerializer(Key.class, new KeyAsFieldName());
        module.addSerializer(new TableAsName());
        var deserializers = new KeysFromText();
        add(deserializers, Table.class, new TableFromName());
        add(deserializers, Row.class, new RowFromNamed());
        builder.subtypes.forEach((base, kinds) -> add(deserializers, base, new SubtypeFromNamed(base, kinds)));
        module.setDeserializers(deserializers);
        module.setKeyDeserializers(new KeyFieldNames());
        return module;
    }

    @SuppressWarnings("unchecked") // a class literal has no parameters
    private static <T> void add(SimpleDeserializers to, Class<?> type, JsonDeserializer<? extends T> reader) {
        to.addDeserializer((Class<T>) type, reader);
    }

    /** Names and versions of everything that is stored. */
    public static final class Builder {

        private final Schema schema;
        private final Map<Class<?>, Map<String, Class<?>>> subtypes = new LinkedHashMap<>();
        private final Map<Class<?>, String> names = new HashMap<>();
        private final Map<RowVersion, OlderRow> older = new LinkedHashMap<>();

        private Builder(Schema schema) {
            this.schema = schema;
            for (Table<?, ?> table : schema.tables()) {
                if (names.put(table.rowType(), id(table.name(), table.version())) != null) {
                    throw new IllegalArgumentException(
                            "two tables hold " + table.rowType().getName() + "; a row must tell its table by its type");
                }
            }
        }

        /**
         * Gives a kind of {@code base} its stored name. Where a component, element or map value is declared as {@code base}, all its kinds need
         * one; of a sealed base this is checked.
         *
         * @param type a record
         */
        public <B> Builder subtype(Class<B> base, String name, int version, Class<? extends B> type) {
            String id = id(name, version);
            Map<String, Class<?>> kinds = subtypes.computeIfAbsent(base, none -> new LinkedHashMap<>());
            if (kinds.putIfAbsent(id, type) != null) {
                throw new IllegalArgumentException("two kinds of " + base.getName() + " are called " + id);
            }
            String before = names.putIfAbsent(type, id);
            if (before != null && !before.equals(id)) {
                throw new IllegalArgumentException(type.getName() + " is called " + before + " and " + id);
            }
            return this;
        }

        /** Goes on reading rows that were written in an older version of the table. */
        public <O, K extends Key, V extends Row<K>> Builder older(
                Table<K, V> table, int version, Class<O> type, Function<O, V> upgrade) {
            schema.require(table);
            if (version >= table.version()) {
                throw new IllegalArgumentException(
                        "version " + version + " of table " + table.name() + " is not older than " + table.version());
            }
            var row = new OlderRow(type, old -> upgrade.apply(type.cast(old)));
            if (older.putIfAbsent(new RowVersion(table.name(), version), row) != null) {
                throw new IllegalArgumentException(
                        "version " + version + " of table " + table.name() + " is given twice");
            }
            return this;
        }

        /**
         * The codec, once it is certain that it can read back what it can write.
         *
         * @throws IllegalArgumentException naming the component that could be written and not read back
         */
        public JsonCodec build() {
            return new JsonCodec(this);
        }

        private void check() {
            Set<Class<?>> registered = new HashSet<>(subtypes.keySet());
            subtypes.values().forEach(kinds -> registered.addAll(kinds.values()));
            StoredTypes types = new StoredTypes(registered::contains);
            schema.tables().forEach(table -> types.check(table.rowType()));
            older.values().forEach(row -> types.check(row.type()));
            subtypes.forEach((base, kinds) -> {
                types.checkBase(base);
                kinds.values().forEach(types::check);
            });
        }

        private static String id(String name, int version) {
            return name + "/" + version;
        }
    }

    private record RowVersion(String table, int version) {}

    private record OlderRow(Class<?> type, Function<Object, Row<?>> upgrade) {}

    private record RowReader(Class<?> type, Function<Object, Row<?>> upgrade, ObjectReader reader) {

        Row<?> read(byte[] json) throws IOException {
            return upgrade.apply(requireNonNull(reader.readValue(json), "the text is null"));
        }

        Row<?> read(JsonParser parser, DeserializationContext context) throws IOException {
            return upgrade.apply(requireNonNull(context.readValue(parser, type), "the row is null"));
        }
    }

    /** Adds a name where the declared type does not tell which class a value has. Reading is done by {@link NamedValue}. */
    private static final class NamesByDeclaredType extends StdTypeResolverBuilder {

        private static final long serialVersionUID = 1;

        private final transient Set<Class<?>> bases;
        private final transient Map<Class<?>, String> names;

        NamesByDeclaredType(Builder builder) {
            super(JsonTypeInfo.Id.CUSTOM, JsonTypeInfo.As.WRAPPER_OBJECT, null);
            this.bases = new HashSet<>(builder.subtypes.keySet());
            this.bases.add(Row.class);
            this.names = Map.copyOf(builder.names);
        }

        @Override
        public @Nullable TypeSerializer buildTypeSerializer(
                SerializationConfig config, JavaType baseType, @Nullable Collection<NamedType> unused) {
            return bases.contains(baseType.getRawClass()) ? new AsWrapperTypeSerializer(new NameOf(names), null) : null;
        }

        @Override
        public @Nullable TypeDeserializer buildTypeDeserializer(
                DeserializationConfig config, JavaType baseType, @Nullable Collection<NamedType> unused) {
            return null;
        }
    }

    private static final class NameOf extends TypeIdResolverBase {

        private final Map<Class<?>, String> names;

        NameOf(Map<Class<?>, String> names) {
            this.names = names;
        }

        @Override
        public String idFromValue(Object value) {
            return idFromValueAndType(value, value.getClass());
        }

        @Override
        public String idFromValueAndType(Object value, Class<?> type) {
            String name = names.get(type);
            if (name == null) {
                throw new IllegalStateException(type.getName() + " has no stored name; register it with subtype(...)");
            }
            return name;
        }

        @Override
        public JavaType typeFromId(DatabindContext context, String id) {
            throw new UnsupportedOperationException("names are read by NamedValue");
        }

        @Override
        public JsonTypeInfo.Id getMechanism() {
            return JsonTypeInfo.Id.CUSTOM;
        }
    }

    /** Reads {@code {"name/version":{...}}}. */
    private abstract static class NamedValue<T> extends JsonDeserializer<T> {

        abstract T value(String id, JsonParser parser, DeserializationContext context) throws IOException;

        @Override
        public final T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            expect(JsonToken.START_OBJECT, parser.currentToken(), context);
            expect(JsonToken.FIELD_NAME, parser.nextToken(), context);
            String id = parser.currentName();
            parser.nextToken();
            T value = value(id, parser, context);
            expect(JsonToken.END_OBJECT, parser.nextToken(), context);
            return value;
        }

        private void expect(JsonToken wanted, @Nullable JsonToken found, DeserializationContext context)
                throws IOException {
            if (found != wanted) {
                context.reportWrongTokenException(this, wanted, "a name and version around the value");
            }
        }
    }

    private static final class SubtypeFromNamed extends NamedValue<Object> {

        private final Class<?> base;
        private final Map<String, Class<?>> kinds;

        SubtypeFromNamed(Class<?> base, Map<String, Class<?>> kinds) {
            this.base = base;
            this.kinds = Map.copyOf(kinds);
        }

        @Override
        Object value(String id, JsonParser parser, DeserializationContext context) throws IOException {
            Class<?> type = kinds.get(id);
            if (type == null) {
                return context.reportInputMismatch(
                        this, "no %s is called %s in this release", base.getSimpleName(), id);
            }
            return requireNonNull(context.readValue(parser, type), "the value is null");
        }
    }

    /** Not static: it needs the readers of all versions. */
    private final class RowFromNamed extends NamedValue<Row<?>> {

        @Override
        Row<?> value(String id, JsonParser parser, DeserializationContext context) throws IOException {
            int slash = id.lastIndexOf('/');
            RowReader reader = null;
            if (slash > 0 && id.substring(slash + 1).matches("[0-9]{1,9}")) {
                reader = readers.get(
                        new RowVersion(id.substring(0, slash), Integer.parseInt(id, slash + 1, id.length(), 10)));
            }
            if (reader == null) {
                return context.reportInputMismatch(this, "no row is called %s in this release", id);
            }
            return reader.read(parser, context);
        }
    }

    private static final class KeyAsText extends JsonSerializer<Key> {
        @Override
        public void serialize(Key key, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeString(key.value());
        }
    }

    private static final class KeyAsFieldName extends JsonSerializer<Key> {
        @Override
        public void serialize(Key key, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeFieldName(key.value());
        }
    }

    /** Finds, for each record that is a {@link Key}, how it is made from its text. */
    private static final class KeysFromText extends SimpleDeserializers {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) throws JsonMappingException {
            return isKey(type)
                    ? new KeyFromText(type.getRawClass())
                    : super.findBeanDeserializer(type, config, description);
        }
    }

    private static final class KeyFromText extends JsonDeserializer<Object> {

        private final Class<?> type;

        KeyFromText(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return context.handleUnexpectedToken(type, parser);
            }
            return key(type, parser.getText(), context);
        }
    }

    private static final class KeyFieldNames extends SimpleKeyDeserializers {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable KeyDeserializer findKeyDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) {
            if (!isKey(type)) {
                return null;
            }
            Class<?> raw = type.getRawClass();
            return new KeyDeserializer() {
                @Override
                public Object deserializeKey(String name, DeserializationContext context) throws IOException {
                    return key(raw, name, context);
                }
            };
        }
    }

    private static boolean isKey(JavaType type) {
        return type.getRawClass().isRecord() && Key.class.isAssignableFrom(type.getRawClass());
    }

    private static Object key(Class<?> type, String value, DeserializationContext context) throws IOException {
        int place = (value.hashCode() * 31 + type.hashCode()) & RECENT_MASK;
        if (RECENT[place] instanceof Key known
                && known.getClass() == type
                && known.value().equals(value)) {
            return known;
        }
        try {
            Key made = (Key) CONSTRUCTORS.get(type).newInstance(value);
            RECENT[place] = made;
            return made;
        } catch (InvocationTargetException e) {
            return requireNonNull(context.handleInstantiationProblem(type, value, e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " is a Key, so it must be made from one String", e);
        }
    }

    private static final class TableAsName extends JsonSerializer<Table<?, ?>> {

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal has no parameters
        public Class<Table<?, ?>> handledType() {
            return (Class) Table.class;
        }

        @Override
        public void serialize(Table<?, ?> table, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeString(table.name());
        }
    }

    private final class TableFromName extends JsonDeserializer<Table<?, ?>> {
        @Override
        public Table<?, ?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String name = parser.getText();
            Optional<Table<?, ?>> table = schema.find(name);
            if (table.isEmpty()) {
                return context.reportInputMismatch(this, "no table is called %s in this release", name);
            }
            return table.get();
        }
    }
}
