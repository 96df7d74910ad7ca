package bricklayer.http.description;

import bricklayer.api.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The areas as one page of HTML: nothing is loaded, nothing is folded away, so the browser's own search finds everything. Each operation has its id as anchor, each
 * schema its name.
 */
final class Page {

    private final StringBuilder html = new StringBuilder();

    private Page() {}

    static String of(Preface preface, List<Area> areas) {
        Page page = new Page();
        page.head(preface);
        page.contents(areas);
        page.html.append("<main>\n<h1>").append(escaped(preface.title())).append("</h1>\n");
        page.prose(preface.about());
        page.html.append("<p>The same for programs: <a href=\"/openapi.json\">/openapi.json</a> (OpenAPI 3.1).</p>\n");
        page.html.append("<section id=\"token\"><h2>Tokens</h2>\n");
        page.prose(preface.token());
        page.html.append("</section>\n<section id=\"headers\"><h2>Headers</h2>\n<dl>\n");
        page.term("X-Request-ID, sent", preface.requestId());
        page.term("X-Request-ID, answered", preface.requestIdAnswered());
        page.term("Idempotency-Key, sent", preface.idempotencyKey());
        page.term("dryRun, in the query", preface.dryRun());
        page.term("Retry-After, answered", preface.retryAfter());
        page.html.append("</dl></section>\n<section id=\"problems\"><h2>Problems</h2>\n");
        page.prose(List.of(preface.problem()));
        page.html.append("</section>\n");
        areas.forEach(page::area);
        page.schemas(Schemas.of(areas));
        page.html.append("</main>\n</body>\n</html>\n");
        return page.html.toString();
    }

    private void head(Preface preface) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/>\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n")
                .append("<title>")
                .append(escaped(preface.title()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n");
    }

    private static String style() {
        try (InputStream in = Page.class.getResourceAsStream("/openapi/page.css")) {
            if (in == null) {
                throw new IllegalStateException("/openapi/page.css is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void contents(List<Area> areas) {
        html.append("<nav aria-label=\"contents\">\n<ul>\n<li><a href=\"#token\">Tokens</a></li>\n")
                .append("<li><a href=\"#headers\">Headers</a></li>\n<li><a href=\"#problems\">Problems</a></li>\n");
        for (Area area : areas) {
            html.append("<li>").append(escaped(area.name())).append("<ul>\n");
            area.operations()
                    .forEach((route, operation) -> html.append("<li><a href=\"#")
                            .append(operation.id())
                            .append("\">")
                            .append(method(route))
                            .append(' ')
                            .append(escaped(path(route)))
                            .append("</a></li>\n"));
            html.append("</ul></li>\n");
        }
        html.append("<li><a href=\"#schemas\">Schemas</a></li>\n</ul>\n</nav>\n");
    }

    private void area(Area area) {
        html.append("<section><h2>").append(escaped(area.name())).append("</h2>\n");
        prose(area.about());
        area.operations().forEach(this::operation);
        html.append("</section>\n");
    }

    private void operation(String route, Area.Operation operation) {
        html.append("<article id=\"")
                .append(operation.id())
                .append("\">\n<h3><a href=\"#")
                .append(operation.id())
                .append("\">")
                .append(method(route))
                .append(" <code>")
                .append(escaped(path(route)))
                .append("</code></a></h3>\n<p class=\"summary\">")
                .append(inline(operation.summary()))
                .append(operation.open() ? " <span class=\"mark\">no token</span>" : "")
                .append(operation.job() == null ? "" : " <span class=\"mark\">async</span>")
                .append(
                        operation.job() != null && operation.job().counted()
                                ? " <span class=\"mark\">counted</span>"
                                : "")
                .append("</p>\n");
        prose(operation.about());
        if (!operation.body().isEmpty()) {
            html.append("<h4>Body: ").append(link(operation.body()));
            html.append(operation.bodyOptional() ? ", may be left out</h4>\n" : "</h4>\n");
            example(operation.example());
        }
        html.append("<h4>Answers</h4>\n<table>\n<tr><th>status</th><th>meaning</th></tr>\n");
        Outcomes.answers(operation).forEach(this::answer);
        if (operation.job() != null && !operation.job().fails().isEmpty()) {
            row("/queue: 500", texts(operation.job().fails()));
        }
        new TreeMap<>(Outcomes.problems(route, operation)).forEach((status, texts) -> row(status, texts(texts)));
        html.append("</table>\n");
        Outcomes.answers(operation).values().forEach(answer -> example(answer.example()));
        html.append("</article>\n");
    }

    private void answer(String status, Area.Answer answer) {
        StringBuilder meaning = new StringBuilder(inline(answer.about()));
        if (!answer.schema().isEmpty()) {
            meaning.append("<br/>").append(link(answer.schema()));
        } else if (!answer.media().isEmpty()) {
            meaning.append("<br/>").append(escaped(answer.media()));
        }
        new TreeMap<>(answer.headers())
                .forEach((name, about) -> meaning.append("<br/><code>")
                        .append(escaped(name))
                        .append("</code>: ")
                        .append(inline(about)));
        row(status, meaning.toString());
    }

    private void row(String status, String meaning) {
        html.append("<tr><td>")
                .append(status)
                .append("</td><td>")
                .append(meaning)
                .append("</td></tr>\n");
    }

    private static String texts(List<String> texts) {
        return String.join(
                "<br/>",
                texts.stream().map(text -> "<code>" + escaped(text) + "</code>").toList());
    }

    private void example(@Nullable Object example) {
        if (example != null) {
            html.append("<pre>")
                    .append(escaped(example instanceof String text ? text : WireJson.writeIndented(example)))
                    .append("</pre>\n");
        }
    }

    private void schemas(Map<String, Map<String, Object>> schemas) {
        html.append("<section id=\"schemas\"><h2>Schemas</h2>\n");
        schemas.forEach((name, schema) -> {
            html.append("<article id=\"")
                    .append(name)
                    .append("\">\n<h3>")
                    .append(name)
                    .append("</h3>\n");
            if (schema.get("description") instanceof String about) {
                prose(List.of(about));
            }
            List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
            if (schema.get("properties") instanceof Map<?, ?> properties) {
                html.append("<table>\n<tr><th>member</th><th>type</th><th>meaning</th></tr>\n");
                properties.forEach((member, property) ->
                        member(String.valueOf(member), required.contains(member), (Map<?, ?>) property));
                html.append("</table>\n");
            }
            html.append("</article>\n");
        });
        html.append("</section>\n");
    }

    private void member(String name, boolean required, Map<?, ?> property) {
        html.append("<tr><td><code>")
                .append(escaped(name))
                .append("</code></td><td>")
                .append(type(property))
                .append(required ? ", required" : "")
                .append("</td><td>")
                .append(property.get("description") instanceof String about ? inline(about) : "");
        property.forEach((keyword, value) -> {
            if (!List.of("type", "format", "$ref", "items", "additionalProperties", "properties", "description")
                    .contains(String.valueOf(keyword))) {
                html.append(" <span class=\"rule\">")
                        .append(escaped(keyword + ": " + (value instanceof String text ? text : WireJson.write(value))))
                        .append("</span>");
            }
        });
        html.append("</td></tr>\n");
    }

    private static String type(Map<?, ?> schema) {
        if (schema.get("$ref") instanceof String ref) {
            return link(ref.substring(Schemas.REF.length()));
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            return "list of " + type(items);
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            return "object of " + type(values);
        }
        return escaped(String.valueOf(schema.get("type")));
    }

    private void term(String term, String about) {
        html.append("<dt>")
                .append(escaped(term))
                .append("</dt><dd>")
                .append(inline(about))
                .append("</dd>\n");
    }

    private void prose(List<String> paragraphs) {
        paragraphs.forEach(
                paragraph -> html.append("<p>").append(inline(paragraph)).append("</p>\n"));
    }

    /** What is between backticks becomes code. */
    private static String inline(String text) {
        String[] parts = escaped(text).split("`", -1);
        StringBuilder out = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            out.append(i % 2 == 1 ? "<code>" : "</code>").append(parts[i]);
        }
        return out.toString();
    }

    private static String link(String schema) {
        return "<a href=\"#" + schema + "\">" + schema + "</a>";
    }

    private static String method(String route) {
        String method = route.split(" ", 2)[0];
        return "<span class=\"" + method.toLowerCase(Locale.ROOT) + "\">" + method + "</span>";
    }

    private static String path(String route) {
        return route.split(" ", 2)[1];
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
