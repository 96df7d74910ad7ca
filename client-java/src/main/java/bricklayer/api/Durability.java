package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How a volume survives the loss of nodes, as the request said it: numbers that were left out are 0, here and in answers. Both inner
 * objects are always written, if need be as <code>{}</code>.
 *
 * @param type {@code replicate}, {@code disperse}, {@code none}, or empty, which means none
 */
public record Durability(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String type, Replicate replicate, Disperse disperse) {

    public static final String NONE = "none";
    public static final String REPLICATE = "replicate";
    public static final String DISPERSE = "disperse";

    /** Nothing was said. */
    public static final Durability UNSAID = new Durability("", new Replicate(0), new Disperse(0, 0));

    public Durability {
        type = Absent.text(type);
        replicate = replicate == null ? new Replicate(0) : replicate;
        disperse = disperse == null ? new Disperse(0, 0) : disperse;
    }

    public static Durability none() {
        return new Durability(NONE, new Replicate(0), new Disperse(0, 0));
    }

    public static Durability replicate(int replica) {
        return new Durability(REPLICATE, new Replicate(replica), new Disperse(0, 0));
    }

    public static Durability disperse(int data, int redundancy) {
        return new Durability(DISPERSE, new Replicate(0), new Disperse(data, redundancy));
    }

    public record Replicate(
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int replica) {}

    public record Disperse(
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int data,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int redundancy) {}
}
