package bricklayer.care;

import bricklayer.api.DoctorReport;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.machine.Machine;
import bricklayer.operation.Threads;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Looks at nodes, several at a time, each with one command. A node that cannot be asked is a finding of its own, and no reason to leave the others out. */
public final class Doctor {

    private static final int ASKED_AT_ONCE_MAX = 16;

    private final HostReader hosts;
    private final Threads threads;
    private final InstantSource clock;
    private final String fstab;
    private final int sessions;

    /**
     * @param fstab the file of mounts on the nodes
     * @param sessions commands at a time on a node
     */
    public Doctor(HostReader hosts, Threads threads, InstantSource clock, String fstab, int sessions) {
        this.hosts = hosts;
        this.threads = threads;
        this.clock = clock;
        this.fstab = fstab;
        this.sessions = sessions;
    }

    public DoctorReport examine(List<Node> nodes) {
        List<DoctorReport.Node> found = Collections.synchronizedList(new ArrayList<>());
        for (int from = 0; from < nodes.size(); from += ASKED_AT_ONCE_MAX) {
            threads.all(nodes.subList(from, Math.min(from + ASKED_AT_ONCE_MAX, nodes.size())).stream()
                    .<Runnable>map(node -> () -> found.add(
                            new DoctorReport.Node(node.id().value(), node.host().value(), look(node.host(), false))))
                    .toList());
        }
        return new DoctorReport(found.stream()
                .sorted(Comparator.comparing(DoctorReport.Node::host).thenComparing(DoctorReport.Node::id))
                .toList());
    }

    /** A host that is not added yet. */
    public DoctorReport examine(HostName host) {
        return new DoctorReport(List.of(new DoctorReport.Node("", host.value(), look(host, true))));
    }

    private List<DoctorReport.Finding> look(HostName host, boolean isNew) {
        long before = clock.instant().getEpochSecond();
        try {
            Machine.Seen seen = hosts.query(host, Machine.look(fstab, Device.MOUNT_ROOT));
            return Diagnosis.of(seen, before, clock.instant().getEpochSecond(), sessions, isNew);
        } catch (HostFailure e) {
            return List.of(Diagnosis.unreachable(String.valueOf(e.getMessage())));
        }
    }
}
