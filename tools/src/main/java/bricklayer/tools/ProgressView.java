package bricklayer.tools;

import bricklayer.api.PendingOperationDetails;
import bricklayer.client.BricklayerException;
import bricklayer.client.OperationWatcher;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far the operation is that a command waits for: on a terminal a few lines that change in place and are gone when it ends, elsewhere a line for each change. Beside the output proper, which stays what it is.
 */
final class ProgressView implements OperationWatcher {

    /** More are counted only: a terminal has few lines. */
    private static final int LANES_SHOWN_MAX = 12;

    private final Function<String, PendingOperationDetails> ask;
    private final Surroundings around;
    private final PrintWriter err;
    private final boolean inPlace;
    private long beganNs;
    /** When each lane was first seen, and first seen done, by its place in its stage. */
    private final Map<Integer, Long> lanesBeganNs = new HashMap<>();

    private final Map<Integer, Long> lanesEndedNs = new HashMap<>();
    private String stage = "";
    private String last = "";
    private int shown;
    private @Nullable OptionalInt known;

    ProgressView(Function<String, PendingOperationDetails> ask, Surroundings around) {
        this.ask = ask;
        this.around = around;
        this.err = around.err();
        this.inPlace = around.terminal().watched() && !around.variable("TERM").equals(Optional.of("dumb"));
    }

    @Override
    public void accepted(String operation) {
        beganNs = around.time().nanoTime();
        lanesBeganNs.clear();
        lanesEndedNs.clear();
        stage = "";
        last = "";
    }

    @Override
    public void waiting(String operation) {
        @Nullable PendingOperationDetails now = look(operation);
        if (now == null) {
            return;
        }
        if (!now.stage().equals(stage)) {
            stage = now.stage();
            lanesBeganNs.clear();
            lanesEndedNs.clear();
        }
        if (inPlace) {
            redraw(lines(now));
        } else {
            note(operation, now);
        }
    }

    @Override
    public void ended(String operation) {
        if (inPlace) {
            redraw(List.of());
        } else if (!last.isEmpty()) {
            err.println(operation + " has ended after " + elapsed());
            err.flush();
        }
    }

    /** Null when it has ended meanwhile, or the server cannot be asked just now: whoever waits will notice. */
    private @Nullable PendingOperationDetails look(String operation) {
        try {
            return ask.apply(operation);
        } catch (BricklayerException e) {
            return null;
        }
    }

    private List<String> lines(PendingOperationDetails now) {
        List<String> lines = new ArrayList<>();
        lines.add(head(now) + "  " + elapsed());
        for (int i = 0; i < Math.min(now.lanes().size(), LANES_SHOWN_MAX); i++) {
            PendingOperationDetails.Lane lane = now.lanes().get(i);
            lines.add("  " + lane(lane) + "  " + elapsedIn(lane, i));
        }
        if (now.lanes().size() > LANES_SHOWN_MAX) {
            lines.add("  and " + (now.lanes().size() - LANES_SHOWN_MAX) + " more");
        }
        if (!now.obstacle().isEmpty()) {
            lines.add("  waits after attempt " + now.attempts() + ": " + now.obstacle());
        }
        return lines;
    }

    /** A line when something but the time is another than before. */
    private void note(String operation, PendingOperationDetails now) {
        List<String> lanes = new ArrayList<>();
        now.lanes().stream().limit(LANES_SHOWN_MAX).forEach(lane -> lanes.add(lane(lane)));
        String text = operation + " " + head(now) + (lanes.isEmpty() ? "" : " (" + String.join("; ", lanes) + ")")
                + (now.obstacle().isEmpty() ? "" : ": " + now.obstacle());
        if (!text.equals(last)) {
            last = text;
            err.println(text + ", " + elapsed());
            err.flush();
        }
    }

    private static String head(PendingOperationDetails now) {
        PendingOperationDetails.Progress progress = now.progress();
        String steps = progress == null || progress.stepsTotal() == 0
                ? ""
                : ", " + progress.stepsDone() + " of " + progress.stepsTotal() + " steps";
        return now.typeName() + ": " + (now.stage().isEmpty() ? "waiting" : now.stage()) + steps;
    }

    private static String lane(PendingOperationDetails.Lane lane) {
        return (lane.hosts().isEmpty() ? "-" : lane.hosts().getFirst()) + " " + lane.step() + " " + lane.stepsDone()
                + "/" + lane.stepsTotal();
    }

    /** Since the lane was first seen, up to now or to when it was first seen done. */
    private String elapsedIn(PendingOperationDetails.Lane lane, int place) {
        long now = around.time().nanoTime();
        long began = lanesBeganNs.computeIfAbsent(place, _ -> now);
        boolean done = lane.stepsDone() == lane.stepsTotal();
        return seconds((done ? lanesEndedNs.computeIfAbsent(place, _ -> now) : now) - began);
    }

    private String elapsed() {
        return seconds(around.time().nanoTime() - beganNs);
    }

    private static String seconds(long ns) {
        return String.format(Locale.ROOT, "%.1f s", ns / 1e9);
    }

    /** In place of what was shown before. Lines are cut at the edge, for one that is wrapped could not be taken back. */
    private void redraw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (shown > 0) {
            text.append("\u001b[").append(shown).append("A\u001b[J");
        }
        OptionalInt width = lines.isEmpty() ? OptionalInt.empty() : width();
        for (String line : lines) {
            text.append(
                            width.isPresent() && line.length() >= width.getAsInt()
                                    ? line.substring(0, width.getAsInt() - 1)
                                    : line)
                    .append('\n');
        }
        shown = lines.size();
        err.print(text);
        err.flush();
    }

    /** Asked once: it takes a process. */
    private OptionalInt width() {
        if (known == null) {
            known = around.terminal().width();
        }
        return known;
    }
}
