package bricklayer.tools;

import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import bricklayer.store.image.StoredRow;
import bricklayer.store.log.JournalEntry;
import bricklayer.store.log.JournalEntry.RowWrite;
import bricklayer.store.log.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The records on disk as people and scripts read them. */
final class JournalText {

    private static final int SHORT_ROW = 160;

    private JournalText() {}

    /** A line, and one for each change. */
    static String describe(JournalEntry entry, boolean full) {
        StringBuilder text = new StringBuilder("#%d %s  %s offset %d%n"
                .formatted(entry.sequence(), entry.time(), entry.file().getFileName(), entry.offset()));
        for (RowWrite write : entry.changes()) {
            text.append("  ")
                    .append(write.row().isPresent() ? "put    " : "delete ")
                    .append(write.table())
                    .append('/')
                    .append(write.key());
            write.row().ifPresent(row -> text.append(' ').append(shortened(text(row), full)));
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String shortened(String row, boolean full) {
        return full || row.length() <= SHORT_ROW ? row : row.substring(0, SHORT_ROW) + "...";
    }

    /** One line of JSON. */
    static String json(JournalEntry entry) {
        String changes = entry.changes().stream()
                .map(write -> "{\"change\":" + (write.row().isPresent() ? "\"put\"" : "\"delete\"") + ",\"table\":"
                        + WireJson.write(write.table()) + ",\"key\":" + WireJson.write(write.key())
                        + write.row().map(JournalText::content).orElse("") + "}")
                .collect(Collectors.joining(","));
        return "{\"sequence\":" + entry.sequence() + ",\"time\":\"" + entry.time() + "\",\"file\":"
                + WireJson.write(String.valueOf(entry.file().getFileName())) + ",\"offset\":" + entry.offset()
                + ",\"changes\":[" + changes + "]}";
    }

    /** One line of JSON. */
    static String json(StoredRow row) {
        return "{\"table\":" + WireJson.write(row.table()) + ",\"key\":" + WireJson.write(row.key()) + content(row)
                + "}";
    }

    /** As it is stored; as text where it is no JSON. */
    private static String content(StoredRow row) {
        String text = text(row);
        boolean isJson;
        try {
            WireJson.read(text, Object.class);
            isJson = true;
        } catch (UnreadableJson e) {
            isJson = false;
        }
        return ",\"version\":" + row.version() + (isJson ? ",\"row\":" + text : ",\"text\":" + WireJson.write(text));
    }

    private static String text(StoredRow row) {
        return new String(row.json(), StandardCharsets.UTF_8);
    }

    static String describe(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add("Journal: " + verdict.folder());
        lines.add("Log: "
                + (verdict.transactions() == 0
                        ? "no transactions"
                        : "transactions " + verdict.firstSequence() + " to " + verdict.lastSequence()
                                + ", written from "
                                + text(verdict.from()) + " to " + text(verdict.until()) + "; " + verdict.transactions()
                                + " read in " + verdict.frames() + " frames, " + verdict.changes() + " changes"));
        for (Verdict.Segment segment : verdict.segments()) {
            lines.add("  " + segment.file().getFileName() + ": transactions " + segment.firstSequence() + " to "
                    + segment.lastSequence() + " in " + segment.frames() + " frames");
        }
        lines.add("Checkpoints: " + verdict.checkpoints().size());
        for (Verdict.Snapshot checkpoint : verdict.checkpoints()) {
            lines.add("  " + checkpoint.file().getFileName() + ": up to transaction " + checkpoint.sequence()
                    + ", taken " + checkpoint.taken() + ", " + checkpoint.rows() + " rows");
        }
        lines.add("Rows: " + verdict.rows() + ", of which this release cannot read "
                + verdict.unreadRows().size());
        verdict.unreadRows().forEach(row -> lines.add("  " + row));
        verdict.begunFrame()
                .ifPresent(
                        place -> lines.add(
                                "Unfinished frame: " + place.file() + " offset " + place.offset()
                                        + ". It is being written now, or a crash cut it short; it was never acknowledged, and the next start drops it"));
        for (Verdict.Finding finding : verdict.findings()) {
            lines.add((finding.lost() ? "Damage: " : "Spoiled: ") + finding.file() + " offset " + finding.offset()
                    + ": " + finding.what());
        }
        lines.add("Result: " + result(verdict));
        return String.join(System.lineSeparator(), lines);
    }

    private static String result(Verdict verdict) {
        if (verdict.findings().isEmpty()) {
            return verdict.unreadRows().isEmpty()
                    ? "sound"
                    : "sound, but rows cannot be read by this release: start the one that wrote them, or see GET /operations/health";
        }
        return verdict.damage()
                .map(damage -> "a start would be read-only: " + damage.reason())
                .orElse("spoiled, but a start loses nothing. Look at the disk (dmesg, smartctl), make a backup,"
                        + " and have a new checkpoint taken: GET /backup/db does so");
    }

    static String json(Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("folder", verdict.folder().toString());
        json.put("sound", verdict.findings().isEmpty());
        json.put("lost", verdict.damage().isPresent());
        json.put("reason", verdict.damage().map(damage -> damage.reason()).orElse(""));
        json.put("first", verdict.firstSequence());
        json.put("last", verdict.lastSequence());
        json.put("from", text(verdict.from()));
        json.put("until", text(verdict.until()));
        json.put("frames", verdict.frames());
        json.put("transactions", verdict.transactions());
        json.put("changes", verdict.changes());
        json.put("rows", verdict.rows());
        json.put("unread_rows", verdict.unreadRows());
        json.put(
                "segments",
                verdict.segments().stream()
                        .map(segment -> fields(
                                "file", name(segment.file()),
                                "first", segment.firstSequence(),
                                "last", segment.lastSequence(),
                                "frames", segment.frames()))
                        .toList());
        json.put(
                "checkpoints",
                verdict.checkpoints().stream()
                        .map(checkpoint -> fields(
                                "file", name(checkpoint.file()),
                                "sequence", checkpoint.sequence(),
                                "taken", checkpoint.taken().toString(),
                                "rows", checkpoint.rows()))
                        .toList());
        verdict.begunFrame()
                .ifPresent(place ->
                        json.put("unfinished_frame", fields("file", name(place.file()), "offset", place.offset())));
        json.put(
                "findings",
                verdict.findings().stream()
                        .map(finding -> fields(
                                "file", name(finding.file()),
                                "offset", finding.offset(),
                                "what", finding.what(),
                                "lost", finding.lost()))
                        .toList());
        return WireJson.write(json);
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }
}
