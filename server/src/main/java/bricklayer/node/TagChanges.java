package bricklayer.node;

import bricklayer.api.TagsChangeRequest;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import java.util.Map;
import java.util.TreeMap;

/** What {@code POST …/tags} does to the tags of a node or a device. */
public final class TagChanges {

    private TagChanges() {}

    public static void validate(TagsChangeRequest request) {
        new Validation()
                .field(
                        "change_type",
                        Rules.required(request.changeType()),
                        Rules.oneOf(request.changeType(), "set", "update", "delete"))
                .field("tags", Rules.tags(request.tags()))
                .orThrow();
    }

    /** Sorted by name. */
    public static Map<String, String> apply(Map<String, String> before, TagsChangeRequest request) {
        Map<String, String> after = new TreeMap<>(request.changeType().equals("set") ? Map.of() : before);
        if (request.changeType().equals("delete")) {
            after.keySet().removeAll(request.tags().keySet());
        } else {
            after.putAll(request.tags());
        }
        return after;
    }
}
