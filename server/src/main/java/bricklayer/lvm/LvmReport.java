package bricklayer.lvm;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows of a {@code --reportformat json} report: {@code {"report":[{"<kind>":[{"column":"value"}]}]}}. All values are text. */
final class LvmReport {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int DIGITS_MAX = 18;

    private final List<Row> rows;

    private LvmReport(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * @param kind {@code pv}, {@code vg} or {@code lv}
     * @throws UnreadableAnswer when LVM failed, or the output is not one whole report of that kind
     */
    static LvmReport read(Exited answer, String kind) {
        if (answer.status() != 0) {
            throw new UnreadableAnswer("LVM ended with status " + answer.status() + ": "
                    + answer.err().strip());
        }
        return parse(answer.out(), kind);
    }

    /**
     * The report, or an empty one when LVM says that what was named is not there.
     *
     * @throws UnreadableAnswer when LVM failed in any other way, or the output is not one whole report of that kind
     */
    static LvmReport readOrAbsent(Exited answer, String kind, Absence absence) {
        if (!absence.isToldBy(answer)) {
            return read(answer, kind);
        }
        LvmReport report = parse(answer.out(), kind);
        if (!report.rows.isEmpty()) {
            throw new UnreadableAnswer("LVM reports " + report.rows.size() + " rows of what it says is not there: "
                    + answer.err().strip());
        }
        return report;
    }

    private static LvmReport parse(String out, String kind) {
        JsonNode reports;
        try {
            reports = MAPPER.readTree(out).path("report");
        } catch (JsonProcessingException e) {
            throw new UnreadableAnswer("not a report of LVM: " + e.getOriginalMessage(), e);
        }
        JsonNode list = reports.path(0).path(kind);
        if (reports.size() != 1 || !list.isArray()) {
            throw new UnreadableAnswer("not one list of " + kind + " in LVM's report");
        }
        List<Row> rows = new ArrayList<>();
        list.forEach(row -> rows.add(new Row(row)));
        return new LvmReport(rows);
    }

    List<Row> rows() {
        return rows;
    }

    /**
     * @throws UnreadableAnswer when there is not exactly one
     */
    Row onlyRow() {
        if (rows.size() != 1) {
            throw new UnreadableAnswer(rows.size() + " rows in LVM's report about one thing");
        }
        return rows.getFirst();
    }

    /** One line of the report. Each method throws {@link UnreadableAnswer} when the column is not there or holds something else. */
    record Row(JsonNode columns) {

        /** Every column, in LVM's order. */
        Map<String, String> all() {
            Map<String, String> all = new LinkedHashMap<>();
            columns.fieldNames().forEachRemaining(column -> all.put(column, text(column)));
            return Collections.unmodifiableMap(all);
        }

        String text(String column) {
            JsonNode value = columns.path(column);
            if (!value.isTextual()) {
                throw new UnreadableAnswer("no column " + column + " in LVM's report");
            }
            return value.textValue();
        }

        String text(String column, Pattern shape) {
            return shaped(column, shape).group();
        }

        /** A list that LVM separates by commas, which no word of it can hold. */
        List<String> words(String column) {
            String all = text(column);
            return all.isEmpty() ? List.of() : List.of(all.split(",", -1));
        }

        /** A size that was asked for in {@code --units k --nosuffix}. */
        long kib(String column) {
            String text = text(column);
            int point = text.indexOf('.');
            String whole = point < 0 ? text : text.substring(0, point);
            // without a pattern: there are thousands of sizes in the report of a large node
            if (!isDigits(whole) || whole.length() > DIGITS_MAX || (point >= 0 && !isZeros(text, point + 1))) {
                throw new UnreadableAnswer("column " + column + " of LVM's report cannot be " + text);
            }
            return Long.parseLong(whole);
        }

        private static boolean isDigits(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return false;
                }
            }
            return !text.isEmpty();
        }

        private static boolean isZeros(String text, int from) {
            for (int i = from; i < text.length(); i++) {
                if (text.charAt(i) != '0') {
                    return false;
                }
            }
            return from < text.length();
        }

        private Matcher shaped(String column, Pattern shape) {
            Matcher match = shape.matcher(text(column));
            if (!match.matches()) {
                throw new UnreadableAnswer("column " + column + " of LVM's report cannot be " + text(column));
            }
            return match;
        }
    }
}
