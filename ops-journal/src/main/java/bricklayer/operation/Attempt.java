package bricklayer.operation;

import bricklayer.host.HostName;
import java.util.Set;

/**
 * Which try a plan is for.
 *
 * @param number from 1
 * @param failedHosts hosts on which a step of an earlier try failed; a planner that can should avoid them
 */
public record Attempt(int number, Set<HostName> failedHosts) {

    public static final Attempt FIRST = new Attempt(1, Set.of());

    public Attempt {
        failedHosts = Set.copyOf(failedHosts);
    }
}
