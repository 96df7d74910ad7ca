package bricklayer.http.description;

import bricklayer.api.Problem;
import bricklayer.http.DryRuns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The areas as one OpenAPI 3.1 document: maps, lists and texts, ready to be written as JSON. */
final class OpenApi {

    private static final String JSON = "application/json; charset=UTF-8";

    private OpenApi() {}

    static Map<String, Object> of(Preface preface, List<Area> areas) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                entries("title", preface.title(), "version", preface.version(), "description", prose(preface.about())));
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put(
                "tags",
                areas.stream()
                        .map(area -> entries("name", area.name(), "description", prose(area.about())))
                        .toList());
        document.put("paths", paths(areas));
        document.put("components", components(preface, areas));
        return document;
    }

    private static Map<String, Object> paths(List<Area> areas) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Area area : areas) {
            area.operations().forEach((route, operation) -> {
                String[] words = route.split(" ", 2);
                paths.computeIfAbsent(words[1], path -> pathItem(path))
                        .put(words[0].toLowerCase(Locale.ROOT), operation(area, route, operation));
            });
        }
        return new LinkedHashMap<>(paths);
    }

    private static Map<String, Object> pathItem(String path) {
        Map<String, Object> item = new LinkedHashMap<>();
        if (path.contains("{id}")) {
            item.put("parameters", List.of(Map.of("$ref", "#/components/parameters/id")));
        }
        return item;
    }

    private static Map<String, Object> operation(Area area, String route, Area.Operation operation) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("operationId", operation.id());
        one.put("tags", List.of(area.name()));
        one.put("summary", operation.summary());
        if (!operation.about().isEmpty()) {
            one.put("description", prose(operation.about()));
        }
        if (operation.open()) {
            one.put("security", List.of());
        }
        List<Object> headers = new ArrayList<>(List.of(Map.of("$ref", "#/components/parameters/requestId")));
        if (operation.job() != null || operation.keyed()) {
            headers.add(Map.of("$ref", "#/components/parameters/idempotencyKey"));
            if (DryRuns.isOfferedUnder(route.split(" ", 2)[1])) {
                headers.add(Map.of("$ref", "#/components/parameters/dryRun"));
            }
        }
        if (operation.job() != null) {
            one.put("x-bricklayer-job", job(operation.job()));
        }
        one.put("parameters", headers);
        if (!operation.body().isEmpty()) {
            one.put(
                    "requestBody",
                    entries(
                            "required",
                            !operation.bodyOptional(),
                            "content",
                            Map.of("application/json", content(operation.body(), operation.example()))));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        Outcomes.answers(operation).forEach((status, answer) -> responses.put(status, response(answer)));
        Outcomes.problems(route, operation).forEach((status, texts) -> responses.put(status, refusal(status, texts)));
        responses.put("default", Map.of("$ref", "#/components/responses/problem"));
        one.put("responses", responses);
        return one;
    }

    private static Map<String, Object> job(Area.Job job) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("ends", job.location().isEmpty() ? 204 : 303);
        if (!job.location().isEmpty()) {
            told.put("location", job.location());
        }
        told.put("counted", job.counted());
        told.put("fails", job.fails());
        return told;
    }

    private static Map<String, Object> response(Area.Answer answer) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("X-Request-ID", Map.of("$ref", "#/components/headers/requestId"));
        answer.headers()
                .forEach((name, about) ->
                        headers.put(name, entries("description", about, "schema", Map.of("type", "string"))));
        Map<String, Object> response = entries("description", answer.about(), "headers", headers);
        if (!answer.schema().isEmpty()) {
            response.put("content", Map.of(JSON, content(answer.schema(), answer.example())));
        } else if (!answer.media().isEmpty()) {
            response.put("content", Map.of(answer.media(), content(answer)));
        }
        return response;
    }

    private static Map<String, Object> content(Area.Answer answer) {
        Map<String, Object> content = new LinkedHashMap<>();
        if (answer.media().startsWith("text/")) {
            content.put("schema", Map.of("type", "string"));
        }
        if (answer.example() != null) {
            content.put("example", answer.example());
        }
        return content;
    }

    private static Map<String, Object> content(String schema, @Nullable Object example) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("schema", Map.of("$ref", Schemas.REF + schema));
        if (example != null) {
            content.put("example", example);
        }
        return content;
    }

    private static Map<String, Object> refusal(String status, List<String> texts) {
        Map<String, Object> examples = new LinkedHashMap<>();
        texts.forEach(text -> examples.put("text" + (examples.size() + 1), Map.of("value", text + "\n")));
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("X-Request-ID", Map.of("$ref", "#/components/headers/requestId"));
        if (status.equals("429")) {
            headers.put("Retry-After", Map.of("$ref", "#/components/headers/retryAfter"));
        }
        return entries(
                "description",
                texts.stream().map(text -> "`" + text.strip() + "`").collect(Collectors.joining("; ")),
                "headers",
                headers,
                "content",
                problemContent(examples));
    }

    private static Map<String, Object> problemContent(Map<String, Object> examples) {
        Map<String, Object> text = entries("schema", Map.of("type", "string"));
        if (!examples.isEmpty()) {
            text.put("examples", examples);
        }
        return entries(
                "text/plain; charset=utf-8",
                text,
                Problem.MEDIA_TYPE,
                Map.of("schema", Map.of("$ref", Schemas.REF + "Problem")));
    }

    private static Map<String, Object> components(Preface preface, List<Area> areas) {
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", Schemas.of(areas));
        components.put(
                "securitySchemes",
                Map.of(
                        "token",
                        entries(
                                "type",
                                "http",
                                "scheme",
                                "bearer",
                                "bearerFormat",
                                "JWT",
                                "description",
                                prose(preface.token()))));
        components.put(
                "parameters",
                entries(
                        "id",
                        entries(
                                "name",
                                "id",
                                "in",
                                "path",
                                "required",
                                true,
                                "description",
                                preface.id(),
                                "schema",
                                Map.of("type", "string", "pattern", "^[A-Fa-f0-9]+$")),
                        "requestId",
                        parameter("X-Request-ID", preface.requestId(), "^[A-Za-z0-9._-]{1,64}$"),
                        "idempotencyKey",
                        parameter("Idempotency-Key", preface.idempotencyKey(), "^.{1,255}$"),
                        "dryRun",
                        entries(
                                "name",
                                "dryRun",
                                "in",
                                "query",
                                "description",
                                preface.dryRun(),
                                "schema",
                                Map.of("type", "boolean"))));
        components.put(
                "headers",
                entries(
                        "requestId",
                        entries("description", preface.requestIdAnswered(), "schema", Map.of("type", "string")),
                        "retryAfter",
                        entries("description", preface.retryAfter(), "schema", Map.of("type", "integer"))));
        components.put(
                "responses",
                Map.of(
                        "problem",
                        entries(
                                "description",
                                preface.problem(),
                                "headers",
                                Map.of("X-Request-ID", Map.of("$ref", "#/components/headers/requestId")),
                                "content",
                                problemContent(Map.of()))));
        return components;
    }

    private static Map<String, Object> parameter(String name, String about, String pattern) {
        return entries(
                "name",
                name,
                "in",
                "header",
                "description",
                about,
                "schema",
                entries("type", "string", "pattern", pattern));
    }

    static String prose(List<String> paragraphs) {
        return String.join("\n\n", paragraphs);
    }

    /** Names and values in turn, kept in this order. */
    private static Map<String, Object> entries(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
