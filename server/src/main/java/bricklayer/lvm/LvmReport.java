package bricklayer.lvm;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/** Rows of a {@code --reportformat json} report: {@code {"report":[{"<kind>":[{"column":"value"}]}]}}. All values are text. */
final class LvmReport {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<JsonNode> rows;

    private LvmReport(List<JsonNode> rows) {
        this.rows = rows;
    }

    /**
     * @param kind {@code pv}, {@code vg} or {@code lv}
     * @throws UnreadableAnswer when the output is not a whole report of that kind
     */
    static LvmReport read(Exited answer, String kind) {
        JsonNode list;
        try {
            list = MAPPER.readTree(answer.out()).path("report").path(0).path(kind);
        } catch (JsonProcessingException e) {
            throw new UnreadableAnswer("not a report of LVM: " + e.getOriginalMessage(), e);
        }
        if (!list.isArray()) {
            throw new UnreadableAnswer("no list of " + kind + " in LVM's report");
        }
        List<JsonNode> rows = new ArrayList<>();
        list.forEach(rows::add);
        return new LvmReport(rows);
    }

    List<JsonNode> rows() {
        return rows;
    }

    static String text(JsonNode row, String column) {
        JsonNode value = row.path(column);
        if (!value.isTextual()) {
            throw new UnreadableAnswer("no column " + column + " in LVM's report");
        }
        return value.textValue().strip();
    }

    /** A size that was asked for in {@code --units k --nosuffix}. */
    static long kib(JsonNode row, String column) {
        String text = text(row, column);
        try {
            return (long) Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UnreadableAnswer("column " + column + " of LVM's report is no size: " + text, e);
        }
    }
}
