package bricklayer.tools;

import bricklayer.tools.output.Template;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * In which form an answer is printed.
 *
 * @param template for {@link Kind#TEMPLATE}
 */
record OutputForm(Kind kind, Optional<Template> template) {

    enum Kind {
        /** As heketi-cli prints it. */
        TEXT,
        TABLE,
        /** A table of all there is, of which nothing is cut. */
        WIDE,
        JSON,
        YAML,
        TEMPLATE
    }

    static final OutputForm JSON = new OutputForm(Kind.JSON, Optional.empty());

    static final OutputForm TABLE = new OutputForm(Kind.TABLE, Optional.empty());

    static final OutputForm TEXT = new OutputForm(Kind.TEXT, Optional.empty());

    /** Whether it is for programs. */
    boolean structured() {
        return kind == Kind.JSON || kind == Kind.YAML || kind == Kind.TEMPLATE;
    }

    /** From the flag's word. */
    static final class Reader implements ITypeConverter<OutputForm> {

        private static final String TEMPLATE = "template=";

        @Override
        public OutputForm convert(String word) {
            if (word.startsWith(TEMPLATE)) {
                try {
                    return new OutputForm(
                            Kind.TEMPLATE, Optional.of(Template.parse(word.substring(TEMPLATE.length()))));
                } catch (IllegalArgumentException e) {
                    throw new TypeConversionException(String.valueOf(e.getMessage()));
                }
            }
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "text" -> TEXT;
                case "table" -> TABLE;
                case "wide" -> new OutputForm(Kind.WIDE, Optional.empty());
                case "json" -> JSON;
                case "yaml" -> new OutputForm(Kind.YAML, Optional.empty());
                default ->
                    throw new TypeConversionException(
                            "'" + word + "' is none of " + String.join(", ", new Words()) + "'{.name}'");
            };
        }
    }

    /** For completion. */
    static final class Words implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return List.of("json", "yaml", "table", "wide", "text", "template=").iterator();
        }
    }
}
