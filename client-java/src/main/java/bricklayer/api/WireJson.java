package bricklayer.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one way between the records of this package and text.
 *
 * <p>Reading takes what Heketi's server takes (it is written in Go): keys in any case, unknown keys ignored, null for the zero value, a
 * body of just {@code null} for {@code {}}, invalid UTF-8 replaced; and refuses what it refuses: a number in quotes, {@code 1.0} for an integer, text after the
 * value. Writing is compact, with Go's escapes. Thread-safe.
 */
public final class WireJson {

    private static final JsonMapper MAPPER = mapper();

    private WireJson() {}

    /** Compact, without a newline at the end. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass() + " as JSON", e);
        }
    }

    /** Indented by four spaces, without a newline at the end. */
    public static String writeIndented(Object value) {
        return writeIndented(value, 4);
    }

    /** Indented by so many spaces, without a newline at the end. */
    public static String writeIndented(Object value, int spaces) {
        try {
            return MAPPER.writer(indentedBy(spaces)).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass() + " as JSON", e);
        }
    }

    /**
     * Begins a document that is written member by member and never whole in memory.
     *
     * @param to takes UTF-8; it is flushed at the end and not closed
     */
    public static WireStream stream(OutputStream to) {
        try {
            return new WireStream(
                    MAPPER.writer(indentedBy(4)).createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin a JSON document", e);
        }
    }

    private static DefaultPrettyPrinter indentedBy(int spaces) {
        DefaultIndenter indenter = new DefaultIndenter(" ".repeat(spaces), "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(DefaultPrettyPrinter.DEFAULT_SEPARATORS
                .withObjectFieldValueSpacing(com.fasterxml.jackson.core.util.Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }

    /**
     * Reads UTF-8.
     *
     * @throws UnreadableJson when the text is not JSON or has a wrong type somewhere
     */
    public static <T> T read(byte[] text, Class<T> type) {
        return read(new String(text, StandardCharsets.UTF_8), type);
    }

    /**
     * Reads a value that has the shape of {@code type}.
     *
     * @throws UnreadableJson when the text is not JSON or has a wrong type somewhere
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            @Nullable T value = MAPPER.readValue(text, type);
            return value == null ? MAPPER.readValue("{}", type) : value;
        } catch (JsonProcessingException e) {
            throw new UnreadableJson(describe(e), e);
        }
    }

    /**
     * As {@link #read(String, Class)}, and says which keys were not understood.
     *
     * @param ignored gets the place of each as a path from the root, such as {@code /a/b}
     * @throws UnreadableJson when the text is not JSON or has a wrong type somewhere
     */
    public static <T> T read(String text, Class<T> type, Consumer<String> ignored) {
        try {
            @Nullable
            T value = MAPPER.readerFor(type)
                    .withHandler(new DeserializationProblemHandler() {
                        @Override
                        public boolean handleUnknownProperty(
                                DeserializationContext context,
                                JsonParser parser,
                                JsonDeserializer<?> reader,
                                Object beanOrClass,
                                String key)
                                throws IOException {
                            ignored.accept(
                                    parser.getParsingContext().pathAsPointer().toString());
                            parser.skipChildren();
                            return true;
                        }
                    })
                    .readValue(text);
            return value == null ? MAPPER.readValue("{}", type) : value;
        } catch (JsonProcessingException e) {
            throw new UnreadableJson(describe(e), e);
        }
    }

    private static String describe(JsonProcessingException e) {
        String where = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        String place = e.getLocation() == null
                ? ""
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": ";
        return place + (where.isEmpty() ? "" : where + ": ") + e.getOriginalMessage();
    }

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // a document that is written member by member is passed on in larger parts
                .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .withCoercionConfig(LogicalType.Textual, config -> {
                    config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .addModule(new SimpleModule("numbers as Go writes them")
                        .addSerializer(float.class, new PlainFloat())
                        .addSerializer(Float.class, new PlainFloat()));
        JsonMapper mapper = builder.build();
        mapper.getFactory().setCharacterEscapes(new GoEscapes());
        return mapper;
    }

    /** {@code 1} for 1.0, and no exponent. */
    private static final class PlainFloat extends StdSerializer<Float> {

        PlainFloat() {
            super(Float.class);
        }

        @Override
        public void serialize(Float value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isNaN() || value.isInfinite()) {
                throw JsonMappingException.from(out, value + " has no form in JSON");
            }
            out.writeNumber(
                    new BigDecimal(value.toString()).stripTrailingZeros().toPlainString());
        }
    }

    /** Also escapes what an HTML page could trip over, and writes the digits of escapes in lower case. */
    private static final class GoEscapes extends CharacterEscapes {

        private final int[] ascii = standardAsciiEscapesForJSON();

        GoEscapes() {
            for (char c = 0; c < 0x20; c++) {
                if (c != '\n' && c != '\r' && c != '\t') {
                    ascii[c] = ESCAPE_CUSTOM;
                }
            }
            for (char c : new char[] {'<', '>', '&'}) {
                ascii[c] = ESCAPE_CUSTOM;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            boolean escaped = c < ascii.length ? ascii[c] == ESCAPE_CUSTOM : c == 0x2028 || c == 0x2029;
            return escaped ? new SerializedString(String.format("\\u%04x", c)) : null;
        }
    }
}
