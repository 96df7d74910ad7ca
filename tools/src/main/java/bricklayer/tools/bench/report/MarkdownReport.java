package bricklayer.tools.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A report for a page of the documentation. */
public final class MarkdownReport {

    static final String BEGIN = "<!-- figures: begin -->";
    static final String END = "<!-- figures: end -->";

    private MarkdownReport() {}

    /** Puts it between the marks of a file; a file without them is written anew. */
    public static void put(BenchReport report, Path file) throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, put(report, page));
    }

    static String put(BenchReport report, String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        String marked = BEGIN + "\n\n" + of(report) + "\n" + END;
        return begin < 0 || end < begin
                ? marked + "\n"
                : page.substring(0, begin) + marked + page.substring(end + END.length());
    }

    static String of(BenchReport report) {
        StringBuilder text = new StringBuilder();
        Machine machine = report.machine();
        text.append(String.format(
                Locale.ROOT,
                "Measured %s, version %s, commit `%s`, on %s, %s, %d cores, %,d MiB, %s; load when it began %.2f; a flush of 4 KiB took %.2f ms. Volumes of a full database: %s.%n%n",
                report.began(),
                report.version(),
                report.commit(),
                machine.system(),
                machine.processor(),
                machine.cores(),
                machine.memoryMib(),
                machine.java(),
                machine.load(),
                machine.flushMillis(),
                report.settings().getOrDefault(BenchReport.VOLUMES, "")));
        text.append("| what | bar | measured | |\n|---|---|---|---|\n");
        report.bars()
                .forEach(bar -> text.append(
                        String.format("| %s | %s | %s | %s |%n", bar.what(), bar.bar(), bar.measured(), bar.met())));
        for (ScenarioReport scenario : report.scenarios()) {
            text.append("\n### ")
                    .append(scenario.name())
                    .append("\n\n| figure | median | least | most | runs |\n|---|---|---|---|---|\n");
            for (Figure figure : scenario.figures()) {
                text.append(String.format(
                        "| %s | %s | %s | %s | %d |%n",
                        figure.name(),
                        (TextReport.number(figure.median()) + " " + figure.unit()).strip(),
                        TextReport.number(figure.least()),
                        TextReport.number(figure.most()),
                        figure.runs().size()));
            }
            scenario.notes()
                    .forEach(note ->
                            text.append("\n").append(note.replace('\n', ' ')).append("\n"));
        }
        return text.toString();
    }
}
