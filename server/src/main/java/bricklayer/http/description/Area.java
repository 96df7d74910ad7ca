package bricklayer.http.description;

import bricklayer.api.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of {@code resources/openapi}: what people wrote about some operations and the records they use. Prose is a list of paragraphs, in which backticks mark code.
 *
 * @param operations by method and path, such as {@code GET /clusters/{id}}
 * @param schemas by the name of the record
 */
record Area(String name, List<String> about, Map<String, Operation> operations, Map<String, Notes> schemas) {

    private static final List<String> FILES = List.of(
            "service",
            "clusters",
            "nodes",
            "devices",
            "volumes",
            "blockvolumes",
            "operations",
            "events",
            "plans",
            "reconcile",
            "records",
            "identity",
            "adoptions");

    Area {
        about = listed(about);
        operations = mapped(operations);
        schemas = mapped(schemas);
    }

    /**
     * One operation.
     *
     * @param body the schema of its request; empty for none
     * @param bodyOptional whether it does without a body
     * @param unparsable the status for a body that cannot be read
     * @param example a body
     * @param answers those that are not problems, by status
     * @param job how it ends, when it answers 202 and goes on; null when its answer is its end
     * @param keyed whether it takes an {@code Idempotency-Key} though its answer is its end
     * @param problems what it may be refused with, by status: texts as clients read them, or what stands in their place
     * @param open whether it takes no token
     */
    record Operation(
            String id,
            String summary,
            List<String> about,
            String body,
            boolean bodyOptional,
            String unparsable,
            @Nullable Object example,
            Map<String, Answer> answers,
            @Nullable Job job,
            boolean keyed,
            Map<String, List<String>> problems,
            boolean open) {

        Operation {
            about = listed(about);
            body = text(body);
            unparsable = unparsable == null ? "422" : unparsable;
            answers = mapped(answers);
            problems = mapped(problems);
        }
    }

    /**
     * An answer that is not a problem.
     *
     * @param schema empty when it has no JSON
     * @param media its media type when it is not JSON; empty with no body
     */
    record Answer(
            String about,
            String schema,
            String media,
            @Nullable Object example,
            Map<String, String> headers) {

        Answer {
            about = text(about);
            schema = text(schema);
            media = text(media);
            headers = mapped(headers);
        }
    }

    /**
     * Work that goes on after the answer.
     *
     * @param location where {@code /queue} leads in the end; empty when it ends with 204
     * @param counted whether it takes one of the places for running operations
     * @param fails texts of a 500 of {@code /queue}
     */
    record Job(String location, boolean counted, List<String> fails) {

        Job {
            location = text(location);
            fails = listed(fails);
        }
    }

    /**
     * What the components of a record do not say.
     *
     * @param required members a request must have
     * @param members keywords of JSON Schema for members
     * @param whole a schema, for what is no record
     */
    record Notes(
            String about, List<String> required, Map<String, Map<String, Object>> members, Map<String, Object> whole) {

        Notes {
            about = text(about);
            required = listed(required);
            members = mapped(members);
            whole = mapped(whole);
        }
    }

    /** All of them, in the order to read them. */
    static List<Area> all() {
        return FILES.stream()
                .map(file -> WireJson.read(source(file), Area.class))
                .toList();
    }

    /** The files as they are. */
    static Stream<String> sources() {
        return FILES.stream().map(Area::source);
    }

    static String source(String file) {
        String path = "/openapi/" + file + ".json";
        try (InputStream in = Area.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static <T> List<T> listed(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }

    private static <V> Map<String, V> mapped(@Nullable Map<String, V> values) {
        return values == null ? new LinkedHashMap<>() : values;
    }
}
