package bricklayer.tools;

import bricklayer.tools.output.Style;
import bricklayer.tools.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A page about one thing: facts, tables, what to ask next; and the answers it was put together from. */
final class Sheet {

    private static final int NAMES = 18;

    private final String title;
    private final Map<String, Object> answers = new LinkedHashMap<>();
    private final List<String> facts = new ArrayList<>();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final List<String> hints = new ArrayList<>();

    Sheet(String kind, String name) {
        this.title = kind + " " + name;
    }

    /** For programs. */
    Sheet answer(String name, Object answer) {
        answers.put(name, answer);
        return this;
    }

    /** A fact; none when empty. */
    Sheet line(String name, String value) {
        if (!value.isBlank()) {
            facts.add("  " + name + " ".repeat(Math.max(1, NAMES - name.length())) + value.strip());
        }
        return this;
    }

    Sheet table(String name, Table table) {
        tables.put(name, table);
        return this;
    }

    Sheet hint(String text) {
        hints.add(text);
        return this;
    }

    Map<String, Object> answers() {
        return answers;
    }

    String text(OptionalInt width, Style style) {
        StringBuilder text = new StringBuilder(title).append('\n');
        facts.forEach(fact -> text.append(fact).append('\n'));
        tables.forEach((name, table) -> {
            text.append('\n').append(name);
            if (table.isEmpty()) {
                text.append(": none\n");
            } else {
                text.append('\n').append(table.render(false, width, style));
            }
        });
        if (!hints.isEmpty()) {
            text.append('\n');
            hints.forEach(hint -> text.append(hint).append('\n'));
        }
        return text.toString();
    }
}
