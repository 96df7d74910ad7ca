package bricklayer.api;

/**
 * Body of {@code /admin} in both directions.
 *
 * @param state {@code normal}, {@code read-only} or {@code local-client}
 */
public record AdminStatus(String state) {

    public AdminStatus {
        state = Absent.text(state);
    }
}
