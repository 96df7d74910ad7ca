package bricklayer.functional.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rights as Kubernetes counts them, each as a resource and a verb: those of the role that we hand out, and those that requests need. */
public final class Rights {

    private static final Path MANIFEST = Path.of("..", "deploy", "kubernetes", "bricklayer.yaml");
    private static final Pattern REQUEST =
            Pattern.compile("([A-Z]+) /api/v1/namespaces/[^/]+/([a-z]+)(?:/([^/?]+))?(/exec)?(\\?.*)?");

    private Rights() {}

    /** What the role in {@code deploy/kubernetes} allows. */
    public static Set<String> ofTheRole() {
        Set<String> rights = new TreeSet<>();
        try {
            for (String part : Files.readString(MANIFEST).split("(?m)^---$")) {
                if (part.contains("\nkind: Role\n")) {
                    JsonNode role = new ObjectMapper().valueToTree(Serialization.unmarshal(part, Map.class));
                    for (JsonNode rule : role.path("rules")) {
                        for (JsonNode resource : rule.path("resources")) {
                            rule.path("verbs").forEach(verb -> rights.add(resource.asText() + " " + verb.asText()));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + MANIFEST, e);
        }
        return rights;
    }

    /** @param requests each as its method, a blank, and path with query */
    public static Set<String> neededFor(Collection<String> requests) {
        Set<String> rights = new TreeSet<>();
        for (String request : requests) {
            Matcher parts = REQUEST.matcher(request);
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a request for an object of a namespace: " + request);
            }
            String resource = parts.group(2) + (parts.group(4) == null ? "" : "/exec");
            boolean watches = parts.group(5) != null && parts.group(5).contains("watch=true");
            rights.add(resource + " "
                    + switch (parts.group(1)) {
                        case "GET" -> watches ? "watch" : parts.group(3) == null ? "list" : "get";
                        case "POST" -> "create";
                        case "PUT" -> "update";
                        case "PATCH" -> "patch";
                        case "DELETE" -> "delete";
                        default -> parts.group(1);
                    });
        }
        return rights;
    }
}
