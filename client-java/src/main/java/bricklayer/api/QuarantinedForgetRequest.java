package bricklayer.api;

/** Body of {@code POST /operations/quarantined/forget}: which row that cannot be read is to be deleted. */
public record QuarantinedForgetRequest(String table, String key) {

    public QuarantinedForgetRequest {
        table = Absent.text(table);
        key = Absent.text(key);
    }
}
