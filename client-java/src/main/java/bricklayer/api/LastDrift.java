package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the last comparison of all records with all nodes found, whoever asked for it.
 *
 * @param at when it began, as in {@code 2026-11-21T14:00:00Z}
 * @param standing how many of its findings, and of those found in parts since, no operation explains and none has repaired
 * @param findings those that operations explain among them
 * @param unknown parts that nobody could tell about
 * @param next when the next one begins by itself; empty where none does
 */
public record LastDrift(
        String at,
        @JsonProperty("took_ms") long tookMillis,
        int nodes,
        int standing,
        List<Drift.Finding> findings,
        List<Drift.Gap> unknown,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String next) {

    public LastDrift {
        at = Absent.text(at);
        findings = Absent.list(findings);
        unknown = Absent.list(unknown);
        next = Absent.text(next);
    }
}
