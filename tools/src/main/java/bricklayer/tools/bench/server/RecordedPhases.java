package bricklayer.tools.bench.server;

import bricklayer.tools.bench.load.LoadFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What a server's flight recorder says of operations. */
public final class RecordedPhases {

    private static final String EVENT = "bricklayer.OperationPhase";

    private RecordedPhases() {}

    /** One part of an operation. */
    public record Phase(String kind, String name, Instant from, Instant to) {}

    /** By the id of the operation, in the order of time. */
    public static Map<String, List<Phase>> read(Path file) {
        Map<String, List<Phase>> phases = new TreeMap<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(EVENT)) {
                    phases.computeIfAbsent(event.getString("operation"), id -> new ArrayList<>())
                            .add(new Phase(
                                    event.getString("kind"),
                                    event.getString("phase"),
                                    event.getStartTime(),
                                    event.getEndTime()));
                }
            }
        } catch (IOException e) {
            throw new LoadFailed("cannot read the record of operations: " + e, e);
        }
        phases.values().forEach(each -> each.sort(Comparator.comparing(Phase::from)));
        return phases;
    }
}
