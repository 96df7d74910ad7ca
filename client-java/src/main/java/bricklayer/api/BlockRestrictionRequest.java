package bricklayer.api;

/**
 * Body of {@code POST /volumes/{id}/block-restriction}.
 *
 * @param restriction {@code locked}, or empty to unlock
 */
public record BlockRestrictionRequest(String restriction) {

    public BlockRestrictionRequest {
        restriction = Absent.text(restriction);
    }
}
