package bricklayer.api;

import java.util.List;

/** How a node is reached by the service and by its peers. Only the first of each list is used to reach it; all are reserved for it. */
public record Hostnames(List<String> manage, List<String> storage) {

    public static final Hostnames NONE = new Hostnames(List.of(), List.of());

    public Hostnames {
        manage = Absent.texts(manage);
        storage = Absent.texts(storage);
    }
}
