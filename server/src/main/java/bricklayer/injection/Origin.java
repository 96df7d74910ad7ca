package bricklayer.injection;

/**
 * What a changing command is part of. All are empty when it is not known.
 *
 * @param operation its kind
 * @param step with {@code undo-} before it when it is being taken back
 */
public record Origin(String operation, String stage, String step) {

    public static final Origin UNKNOWN = new Origin("", "", "");
}
