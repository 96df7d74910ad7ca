package bricklayer.http.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All statuses an operation can answer with: those of its file, and those that follow from its method, its path and its being a job. */
final class Outcomes {

    private Outcomes() {}

    /** Answers that are not problems, by status. */
    static Map<String, Area.Answer> answers(Area.Operation operation) {
        Map<String, Area.Answer> all = new TreeMap<>(operation.answers());
        Area.Job job = operation.job();
        if (job != null) {
            String end = job.location().isEmpty()
                    ? "ends with `204`"
                    : "ends with `303` and `Location: " + job.location() + "`";
            all.put(
                    "202",
                    new Area.Answer(
                            "Accepted and recorded durably. `GET /queue/{id}` " + end + ".",
                            "",
                            "",
                            null,
                            Map.of("Location", "`/queue/{id}`, a path")));
        }
        return all;
    }

    /** Texts of problems, by status. */
    static Map<String, List<String>> problems(String route, Area.Operation operation) {
        Map<String, List<String>> all = new TreeMap<>();
        if (!operation.open()) {
            add(all, "401", "Required authorization token not found");
            add(all, "401", "Invalid JWT token: <why>");
            add(all, "401", "Invalid qsh claim in token");
            add(all, "401", "Administrator access required");
        }
        if (route.contains("{id}")) {
            add(all, "404", "Id not found");
        }
        if (!operation.body().isEmpty()) {
            add(
                    all,
                    operation.unparsable(),
                    operation.unparsable().equals("422")
                            ? "request unable to be parsed"
                            : "request unable to be parsed: <why>");
        }
        Area.Job job = operation.job();
        if (job != null || operation.keyed()) {
            add(all, "400", "Idempotency-Key must have 1 to 255 characters, this one has <n>");
            add(all, "422", "<the key was used for another request>");
        }
        if (job != null && job.counted()) {
            add(all, "429", "Server busy. Retry operation later.");
        }
        if (!route.startsWith("GET ")) {
            add(all, "503", "Service disabled for maintenance");
        }
        operation.problems().forEach((status, texts) -> texts.forEach(text -> add(all, status, text)));
        return all;
    }

    private static void add(Map<String, List<String>> all, String status, String text) {
        List<String> texts = all.computeIfAbsent(status, _ -> new ArrayList<>());
        if (!texts.contains(text)) {
            texts.add(text);
        }
    }
}
