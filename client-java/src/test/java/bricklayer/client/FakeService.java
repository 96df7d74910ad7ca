package bricklayer.client;

import bricklayer.api.AbandonedOperationList;
import bricklayer.api.AdminStatus;
import bricklayer.api.FaultReport;
import bricklayer.api.FaultRules;
import bricklayer.api.LogLevels;
import bricklayer.api.OperationInfo;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.OperationsInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.PendingOperationList;
import bricklayer.api.WireJson;
import bricklayer.client.FakeServer.Refusal;
import bricklayer.client.FakeServer.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What {@link FakeServer} says of itself: operations that do not end, log level, mode, and its records as a whole. */
public final class FakeService {

    private static final List<String> LEVELS = List.of("none", "critical", "error", "warning", "info", "debug");

    private final Map<String, PendingOperationDetails> pending = new TreeMap<>();
    private final Map<String, OperationInfo> steered = new TreeMap<>();
    private String level = "info";
    private FaultRules faults = new FaultRules(0, List.of());
    private String mode = "normal";

    public String dump = "{\n    \"clusterentries\": {}\n}";
    public String check = "{\"totalinconsistencies\":0}";
    public String examination = "{\"report\":[],\"clusters\":[]}";
    public String backup = "\u0000\u0001 a database";

    /** How many bytes of each answer's body are lost on the way. */
    public int cut;

    /** How long an examination takes. */
    public long stallMillis;

    public void pending(PendingOperationDetails operation) {
        pending.put(operation.id(), operation);
    }

    Optional<Reply> answer(String method, String path, String body) {
        String operations = "/operations/pending/";
        if (method.equals("GET") && path.startsWith(operations)) {
            PendingOperationDetails found = pending.get(path.substring(operations.length()));
            if (found == null) {
                throw new Refusal(404, "Id not found: " + path.substring(operations.length()));
            }
            return Optional.of(Reply.json(200, found));
        }
        OperationInfo shown = method.equals("GET") && path.startsWith("/operations/") ? steered.get(last(path)) : null;
        if (shown != null) {
            return Optional.of(Reply.json(200, shown));
        }
        return Optional.ofNullable(
                switch (method + " " + path) {
                    case "GET /operations" -> Reply.json(200, counts());
                    case "GET /operations/pending" -> Reply.json(200, list());
                    case "GET /operations/abandoned" ->
                        Reply.json(
                                200,
                                new AbandonedOperationList(steered.values().stream()
                                        .filter(operation -> operation.state().equals("abandoned"))
                                        .toList()));
                    case "GET /db/dump" -> json(dump);
                    case "GET /db/check" -> json(check);
                    case "GET /internal/state/examine/gluster" -> examine();
                    case "GET /backup/db" -> new Reply(200, Map.of("Content-Type", "application/octet-stream"), backup);
                    case "GET /internal/logging" -> Reply.json(200, new LogLevels(Map.of("glusterfs", level)));
                    case "POST /internal/logging" -> setLevel(WireJson.read(body, LogLevels.class));
                    case "GET /internal/faults" -> faultReport();
                    case "POST /internal/faults" -> setFaults(WireJson.read(body, FaultRules.class));
                    case "DELETE /internal/faults" -> {
                        faults = new FaultRules(0, List.of());
                        yield Reply.empty(204);
                    }
                    case "GET /admin" -> Reply.json(200, new AdminStatus(mode));
                    case "POST /admin" -> setMode(WireJson.read(body, AdminStatus.class));
                    default -> null;
                });
    }

    /** Ends a pending operation: done when it is resumed, undone, or abandoned with one thing left. */
    Supplier<String> steer(String path) {
        String[] part = path.split("/", -1);
        String id = part[3];
        PendingOperationDetails found = pending.get(id);
        if (found == null) {
            throw new Refusal(409, "operation " + id + " has ended");
        }
        boolean abandoned = part[4].equals("abandon");
        return () -> {
            pending.remove(id);
            steered.put(
                    id,
                    new OperationInfo(
                            id,
                            found.typeName(),
                            abandoned ? "abandoned" : part[4].equals("undo") ? "undone" : "done",
                            "",
                            "",
                            "",
                            found.attempts(),
                            "",
                            "",
                            abandoned ? "as-before" : "",
                            abandoned
                                    ? List.of(new OperationInfo.Leftover(
                                            List.of("node3"),
                                            "bricks/mount-brick",
                                            "unknown: node3 is down",
                                            List.of("umount /brick")))
                                    : List.of()));
            return "/operations/" + id;
        };
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Ends what is stale or failed and named; all of that if nothing is. */
    Supplier<String> cleanUp(String body) {
        List<String> named = WireJson.read(body, OperationsCleanupRequest.class).operations();
        return () -> {
            pending.values()
                    .removeIf(operation ->
                            !operation.status().isEmpty() && (named.isEmpty() || named.contains(operation.id())));
            return "";
        };
    }

    private Reply examine() {
        try {
            Thread.sleep(stallMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return json(examination);
    }

    private OperationsInfo counts() {
        return new OperationsInfo(pending.size(), 0, count("stale"), count("failed"), count(""));
    }

    private int count(String status) {
        return (int) pending.values().stream()
                .filter(operation -> operation.status().equals(status))
                .count();
    }

    private PendingOperationList list() {
        return new PendingOperationList(pending.values().stream()
                .map(operation -> new PendingOperation(
                        operation.id(), operation.typeName(), operation.status(), operation.subStatus()))
                .toList());
    }

    private Reply setFaults(FaultRules rules) {
        faults = rules;
        return faultReport();
    }

    private Reply faultReport() {
        return Reply.json(
                200,
                new FaultReport(
                        7,
                        faults.rules().stream()
                                .map(rule -> new FaultReport.InForce(rule, 3, 1))
                                .toList(),
                        List.of(new FaultReport.Passed("delete-volume/pivot:after", 2)),
                        0));
    }

    private Reply setLevel(LogLevels request) {
        String wanted = request.logLevel().getOrDefault("glusterfs", "");
        if (!LEVELS.contains(wanted)) {
            throw new Refusal(422, "invalid log level: " + wanted);
        }
        level = wanted;
        return Reply.json(200, request);
    }

    private Reply setMode(AdminStatus request) {
        if (mode.equals("read-only")) {
            throw new Refusal(503, "Service disabled for maintenance");
        }
        if (!List.of("normal", "read-only", "local-client").contains(request.state())) {
            throw new Refusal(400, "validation failed: state: must be a valid value.");
        }
        mode = request.state();
        return Reply.empty(204);
    }

    private static Reply json(String text) {
        return new Reply(200, Map.of("Content-Type", "application/json; charset=UTF-8"), text);
    }
}
