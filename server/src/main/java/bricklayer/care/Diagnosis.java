package bricklayer.care;

import bricklayer.api.DoctorReport.Finding;
import bricklayer.machine.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Says what is wrong with a machine, from what it says of itself. Pure. */
final class Diagnosis {

    private static final String ERROR = "error";
    private static final String WARNING = "warning";
    private static final String NOTE = "note";
    private static final List<String> SEVERITIES = List.of(ERROR, WARNING, NOTE);

    /** Tokens and logs are compared by people and programs; more than this confuses both. */
    private static final long SKEW_MAX_SECONDS = 5;

    private static final double FULL_WARNING = 80;
    private static final double FULL_ERROR = 95;

    /** Modules by what needs them. */
    private static final Map<String, String> MODULES = Map.of(
            "dm_thin_pool", "bricks are thin volumes",
            "dm_snapshot", "LVM snapshots",
            "dm_mirror", "pvmove",
            "fuse", "gluster mounts volumes itself, for rebalancing for example");

    /** Debian packages by program. */
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("lvm", "lvm2"),
            Map.entry("mkfs.xfs", "xfsprogs"),
            Map.entry("gluster", "glusterfs-server"),
            Map.entry("thin_check", "thin-provisioning-tools"),
            Map.entry("thin_repair", "thin-provisioning-tools"),
            Map.entry("timeout", "coreutils"),
            Map.entry("flock", "util-linux"),
            Map.entry("findmnt", "util-linux"),
            Map.entry("blkid", "util-linux"),
            Map.entry("wipefs", "util-linux"),
            Map.entry("awk", "mawk"));

    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis() {}

    /**
     * The worst first.
     *
     * @param secondsBefore our clock when the machine was asked, in seconds since 1970
     * @param secondsAfter our clock when it had answered
     * @param sessions commands at a time that we may have on it
     * @param isNew whether it is to be added, so that its disks are of interest
     */
    static List<Finding> of(Machine.Seen seen, long secondsBefore, long secondsAfter, int sessions, boolean isNew) {
        Diagnosis diagnosis = new Diagnosis();
        diagnosis.programs(seen);
        diagnosis.clock(seen, secondsBefore, secondsAfter);
        diagnosis.gluster(seen);
        diagnosis.space(seen);
        diagnosis.mounts(seen);
        diagnosis.sshd(seen, sessions);
        if (isNew) {
            diagnosis.disks(seen);
        }
        diagnosis.findings.sort(Comparator.comparingInt(finding -> SEVERITIES.indexOf(finding.severity())));
        return List.copyOf(diagnosis.findings);
    }

    private void programs(Machine.Seen seen) {
        MODULES.forEach((module, use) -> {
            if (seen.value("module." + module).isEmpty()) {
                String severity = module.equals("dm_thin_pool") ? ERROR : WARNING;
                add(
                        severity,
                        "module",
                        "the kernel has no module " + module + " (" + use + ")",
                        "modprobe " + module + " && echo " + module + " >> /etc/modules-load.d/bricklayer.conf");
            }
        });
        PACKAGES.forEach((program, debian) -> {
            if (seen.value("program." + program).isEmpty()) {
                boolean repair = program.equals("thin_repair");
                add(repair ? WARNING : ERROR, "program", "there is no program " + program, "apt-get install " + debian);
            }
        });
        if (!seen.value("user").equals("root")) {
            add(
                    ERROR,
                    "sudo",
                    "commands run as " + seen.value("user") + ", not as root",
                    "set sshexec.sudo, and a rule NOPASSWD: ALL in /etc/sudoers.d");
        }
    }

    private void clock(Machine.Seen seen, long before, long after) {
        if (!seen.value("time").matches("[0-9]{1,12}")) {
            return;
        }
        long theirs = Long.parseLong(seen.value("time"));
        long skew = theirs < before ? before - theirs : Math.max(0, theirs - after);
        if (skew > SKEW_MAX_SECONDS) {
            add(WARNING, "clock", "its clock differs from the server's by " + skew + " s", "timedatectl set-ntp true");
        }
    }

    private void gluster(Machine.Seen seen) {
        if (seen.value("program.gluster").isEmpty()) {
            return;
        }
        if (seen.value("glusterd").isEmpty()) {
            add(ERROR, "glusterd", "glusterd does not answer", "systemctl enable --now glusterd");
        } else if (seen.value("port.24007").isEmpty()) {
            add(
                    WARNING,
                    "port",
                    "nothing listens on port 24007, so other nodes cannot reach its glusterd",
                    "ss -ltn; look at transport.socket.bind-address in /etc/glusterfs/glusterd.vol");
        }
        for (String peer : seen.all("peer.down")) {
            add(
                    WARNING,
                    "peer",
                    "its glusterd is not connected to " + peer,
                    "look at that node; at port 24007 between the two; gluster peer status");
        }
    }

    private void space(Machine.Seen seen) {
        seen.values().forEach((name, values) -> {
            if (name.startsWith("full.")) {
                full(
                        "file-system",
                        "file system " + name.substring("full.".length()),
                        values.getFirst(),
                        "du -xh --max-depth=2 " + name.substring("full.".length()) + " | sort -h | tail");
            }
        });
        for (String pool : seen.all("pool")) {
            String[] parts = pool.split("\\|", -1);
            if (parts.length == 4) {
                String lv = parts[0] + "/" + parts[1];
                full(
                        "thin-pool",
                        "data of thin pool " + lv,
                        parts[2],
                        "delete what is not needed in the volume; a brick's pool is as large as the brick, so its data cannot exceed it but by snapshots");
                full(
                        "thin-pool",
                        "metadata of thin pool " + lv,
                        parts[3],
                        "lvextend --poolmetadatasize +64M " + lv + " (as long as the group has room)");
            }
        }
    }

    private void full(String check, String what, String percent, String fix) {
        if (!percent.matches("[0-9]{1,3}(\\.[0-9]{1,4})?")) {
            return;
        }
        double full = Double.parseDouble(percent);
        if (full >= FULL_WARNING) {
            add(full >= FULL_ERROR ? ERROR : WARNING, check, what + " is " + percent + " % full", fix);
        }
    }

    private void mounts(Machine.Seen seen) {
        for (String path : seen.all("unmounted")) {
            add(
                    ERROR,
                    "mount",
                    path + " is in fstab and not mounted: its brick would write to the root disk",
                    "mount " + path);
        }
        for (String path : seen.all("unlisted")) {
            add(
                    WARNING,
                    "fstab",
                    path + " is mounted and not in fstab: it is not there after a restart",
                    "bricklayer admin diff shows the line that is missing");
        }
    }

    private void sshd(Machine.Seen seen, int sessions) {
        String most = seen.value("sshd.maxsessions");
        if (most.matches("[0-9]{1,6}") && Integer.parseInt(most) < sessions) {
            add(
                    WARNING,
                    "sshd",
                    "sshd allows " + most + " sessions of a connection, and the server uses up to " + sessions,
                    "MaxSessions 10 in /etc/ssh/sshd_config, or lower bricklayer.ssh.channels_per_host_max");
        }
    }

    private void disks(Machine.Seen seen) {
        seen.values().forEach((name, values) -> {
            if (name.startsWith("disk.") && !values.getFirst().isEmpty()) {
                String disk = name.substring("disk.".length());
                add(
                        NOTE,
                        "disk",
                        disk + " carries " + values.getFirst() + "and would be refused as a device",
                        "look what it is (blkid " + disk + "); device add --destroy-existing-data erases it");
            }
        });
    }

    private void add(String severity, String check, String what, String fix) {
        findings.add(new Finding(severity, check, what, fix));
    }

    /** For a machine that cannot be asked. */
    static Finding unreachable(String why) {
        return new Finding(
                ERROR,
                "reach",
                why,
                "what the message says; ssh to the node by hand as the server's user, and sudo -n true there");
    }
}
