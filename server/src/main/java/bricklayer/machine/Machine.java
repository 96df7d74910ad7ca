package bricklayer.machine;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders the question about a machine and reads its answer. Changes nothing there. */
public final class Machine {

    /**
     * Shows everything in one command, a line each: a name, a tab, a value. Its last line says that it came to its end. Arguments: the file of mounts, and the root of the mounts of bricks. A program that is
     * not there leaves its value empty, and so does one that takes longer than 20 s.
     */
    public static final String LOOK = "export LC_ALL=C PATH=\"$PATH:/usr/sbin:/sbin:/usr/local/sbin\"; "
            + "v() { printf '%s\\t%s\\n' \"$1\" \"$2\"; }; q() { timeout 20 \"$@\" 2>/dev/null; }; "
            + "v time \"$(date +%s)\"; v user \"$(id -un)\"; "
            + "for m in dm_thin_pool dm_snapshot dm_mirror fuse; do "
            + "if [ -d \"/sys/module/$m\" ]; then v \"module.$m\" loaded; "
            + "elif q modprobe -n -q \"$m\"; then v \"module.$m\" available; else v \"module.$m\" ''; fi; done; "
            + "for p in lvm mkfs.xfs gluster thin_check thin_repair timeout flock findmnt blkid wipefs awk; do v \"program.$p\" \"$(command -v \"$p\")\"; done; "
            + "v version.lvm \"$(q lvm version | awk '/LVM version/ { print $3; exit }')\"; "
            + "v version.gluster \"$(q gluster --version | awk 'NR == 1 { print $2 }')\"; "
            + "v version.xfs \"$(q mkfs.xfs -V | awk '{ print $NF; exit }')\"; "
            + "v sshd.maxsessions \"$(q sshd -T | awk '$1 == \"maxsessions\" { print $2; exit }')\"; "
            + "if q gluster --mode=script pool list >/dev/null; then v glusterd up; else v glusterd ''; fi; "
            + "q gluster --mode=script pool list | awk 'NR > 1 && $NF != \"Connected\" { print \"peer.down\\t\" $2 }'; "
            + "v port.24007 \"$(q ss -ltn | awk '$4 ~ /:24007$/ { print \"open\"; exit }')\"; "
            + "df -P -k / /var/lib 2>/dev/null | awk 'NR > 1 && !seen[$6]++ { sub(/%/, \"\", $5); print \"full.\" $6 \"\\t\" $5 }'; "
            + "q lvs --noheadings --separator '|' -o vg_name,lv_name,data_percent,metadata_percent -S segtype=thin-pool "
            + "| awk '{ sub(/^ +/, \"\"); print \"pool\\t\" $0 }'; "
            + "[ -e \"$1\" ] && r=$2 awk 'index($2, ENVIRON[\"r\"] \"/\") == 1 && $1 !~ /^#/ { print $2 }' \"$1\" | while read -r m; do "
            + "awk -v m=\"$m\" '$2 == m { found = 1 } END { exit !found }' /proc/self/mounts || v unmounted \"$m\"; done; "
            + "r=$2 awk 'index($2, ENVIRON[\"r\"] \"/\") == 1 { print $2 }' /proc/self/mounts | while read -r m; do "
            + "awk -v m=\"$m\" '$2 == m { found = 1 } END { exit !found }' \"$1\" 2>/dev/null || v unlisted \"$m\"; done; "
            + "q lsblk -dnpo NAME,TYPE | awk '$2 == \"disk\" { print $1 }' | while read -r d; do "
            + "v \"disk.$d\" \"$(q wipefs -n --noheadings -o TYPE \"$d\" | tr '\\n' ' ')\"; done; "
            + "echo end";

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private Machine() {}

    /**
     * What a machine says of itself.
     *
     * @param values by name, in the order in which they came; several where several were said
     */
    public record Seen(Map<String, List<String>> values) {

        /** Empty when it was not said, or there is none. */
        public String value(String name) {
            return values.getOrDefault(name, List.of("")).getFirst();
        }

        public List<String> all(String name) {
            return values.getOrDefault(name, List.of());
        }
    }

    /**
     * Asks a machine.
     *
     * @param fstab the file of mounts
     * @param mountRoot where bricks are mounted
     */
    public static Query<Seen> look(String fstab, String mountRoot) {
        return new Query<>(new Command(List.of("sh", "-c", LOOK, "sh", fstab, mountRoot), DEADLINE), Machine::read);
    }

    private static Seen read(Exited answer) {
        List<String> lines = answer.out().lines().toList();
        if (answer.status() != 0 || lines.isEmpty() || !lines.getLast().equals("end")) {
            throw new UnreadableAnswer("the machine did not say all of itself");
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String line : lines.subList(0, lines.size() - 1)) {
            int tab = line.indexOf('\t');
            if (tab < 1) {
                throw new UnreadableAnswer("not a name and a value: " + line);
            }
            values.computeIfAbsent(line.substring(0, tab), name -> new ArrayList<>())
                    .add(line.substring(tab + 1).strip());
        }
        return new Seen(values);
    }
}
