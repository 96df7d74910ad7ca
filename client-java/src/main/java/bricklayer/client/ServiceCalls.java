package bricklayer.client;

import bricklayer.api.AdminStatus;
import bricklayer.api.FaultReport;
import bricklayer.api.FaultRules;
import bricklayer.api.LogLevels;
import bricklayer.api.OperationsHealth;
import bricklayer.api.Probe;
import java.util.Map;

/** The server itself. Part of {@link BricklayerClient}. */
public sealed interface ServiceCalls permits BricklayerClient {

    /** What the server says when it is there; asks for no credentials. */
    default String hello() {
        return Wire.of(this).read("/hello").require(200).text();
    }

    /** Whether the server is one that a restart would not mend; asks for no credentials. */
    default Probe live() {
        return probe("/healthz/live");
    }

    /** Whether the server takes changes, and what is not as it should be; asks for no credentials. */
    default Probe ready() {
        return probe("/healthz/ready");
    }

    private Probe probe(String path) {
        Answer answer = Wire.of(this).read(path);
        boolean failed = answer.status() == 503
                && answer.header("Content-Type").orElse("").startsWith("application/json"); // else a proxy said so
        return (failed ? answer : answer.require(200)).as(Probe.class);
    }

    /** Numbers about the server and what it owns, in the text format of Prometheus; asks for no credentials. */
    default String metrics() {
        return Wire.of(this).read("/metrics").require(200).text();
    }

    /** The server's description of its API: OpenAPI 3.1, as JSON; asks for no credentials. */
    default String description() {
        return Wire.of(this).read("/openapi.json").require(200).text();
    }

    /** How the server itself is, and what to do about whatever is not well. */
    default OperationsHealth health() {
        return Wire.of(this).get("/operations/health", OperationsHealth.class);
    }

    /** {@code none}, {@code critical}, {@code error}, {@code warning}, {@code info} or {@code debug}. */
    default String logLevel() {
        return Wire.of(this)
                .get("/internal/logging", LogLevels.class)
                .logLevel()
                .getOrDefault(Wire.LOGGER, "");
    }

    default void setLogLevel(String level) {
        Wire.of(this)
                .change("POST", "/internal/logging", new LogLevels(Map.of(Wire.LOGGER, level)))
                .require(200);
    }

    /** The fault rules in force, and the fault points passed since they were set. Refused by a server that was not started with permission for faults. */
    default FaultReport faults() {
        return Wire.of(this).get("/internal/faults", FaultReport.class);
    }

    /** Puts these rules in the place of those in force. */
    default FaultReport setFaults(FaultRules rules) {
        return Wire.of(this)
                .change("POST", "/internal/faults", rules)
                .require(200)
                .as(FaultReport.class);
    }

    /** Nothing goes wrong on purpose any more. */
    default void clearFaults() {
        Wire.of(this).change("DELETE", "/internal/faults", null).require(204);
    }

    /** {@code normal}, {@code read-only} or {@code local-client}. */
    default String adminMode() {
        return Wire.of(this).get("/admin", AdminStatus.class).state();
    }

    /** The way back from {@code read-only} is not through here: the server refuses this, too, in that mode. */
    default void setAdminMode(String mode) {
        Answer answer = Wire.of(this).change("POST", "/admin", new AdminStatus(mode));
        if (answer.status() != 200) {
            answer.require(204);
        }
    }
}
