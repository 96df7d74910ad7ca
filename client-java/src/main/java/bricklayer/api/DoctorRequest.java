package bricklayer.api;

/** Body of {@code POST /doctor}: a host that is to be looked at before it is added. */
public record DoctorRequest(String host) {

    public DoctorRequest {
        host = Absent.text(host);
    }
}
