package bricklayer.tools;

import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BrickInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.NodeInfo;
import bricklayer.api.VolumeInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Objects as heketi-cli shows them, which scripts read. */
final class Texts {

    static final long KIB_PER_GIB = 1L << 20;

    private Texts() {}

    static void volume(PrintWriter out, VolumeInfo volume) {
        String restriction = volume.blockInfo().restriction();
        print(out, "Name: %s", volume.name());
        print(out, "Size: %d", volume.sizeGiB());
        print(out, "Volume Id: %s", volume.id());
        print(out, "Cluster Id: %s", volume.cluster());
        print(out, "Mount: %s", volume.mount().glusterfs().device());
        print(out, "Mount Options: %s", mountOptions(volume));
        print(out, "Block: %s", volume.block());
        print(out, "Free Size: %d", volume.blockInfo().freeGiB());
        print(out, "Reserved Size: %d", volume.blockInfo().reservedGiB());
        print(out, "Block Hosting Restriction: %s", restriction.isEmpty() ? "(none)" : restriction);
        print(out, "Block Volumes: [%s]", String.join(" ", volume.blockInfo().blockVolumes()));
        durability(out, volume);
        if (volume.snapshot().enable()) {
            print(out, "Snapshot Factor: %.2f%n", volume.snapshot().factor());
        }
    }

    static void volumeLine(PrintWriter out, VolumeInfo volume) {
        print(
                out,
                "Id:%-35s Cluster:%-35s Name:%s%s",
                volume.id(),
                volume.cluster(),
                volume.name(),
                volume.block() ? " [block]" : "");
    }

    /** Run together: there is never more than one. */
    static String mountOptions(VolumeInfo volume) {
        return volume.mount().glusterfs().options().entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining());
    }

    private static void durability(PrintWriter out, VolumeInfo volume) {
        Durability durability = volume.durability();
        int bricks = volume.bricks().size();
        switch (durability.type()) {
            case Durability.REPLICATE -> {
                int replica = replica(durability);
                print(out, "Durability Type: %s", durability.type());
                print(out, "Distribute Count: %d", bricks / replica);
                print(out, "Replica Count: %d", replica);
            }
            case Durability.DISPERSE -> {
                Durability.Disperse disperse = durability.disperse();
                print(out, "Durability Type: %s", durability.type());
                print(out, "Distribute Count: %d", bricks / Math.max(1, disperse.data() + disperse.redundancy()));
                print(out, "Disperse Data Count: %d", disperse.data());
                print(out, "Disperse Redundancy Count: %d", disperse.redundancy());
            }
            default -> {
                print(out, "Durability Type: %s", Durability.NONE);
                print(out, "Distribute Count: %d", bricks);
            }
        }
    }

    static int replica(Durability durability) {
        // the server's default, which the answer does not repeat
        return durability.replicate().replica() == 0
                ? 2
                : durability.replicate().replica();
    }

    static void blockVolume(PrintWriter out, BlockVolumeInfo volume) {
        print(out, "Name: %s", volume.name());
        print(out, "Size: %d", volume.sizeGiB());
        print(out, "UsableSize: %d", volume.usableGiB());
        print(out, "Volume Id: %s", volume.id());
        print(out, "Cluster Id: %s", volume.cluster());
        print(out, "Hosts: [%s]", String.join(" ", volume.target().hosts()));
        print(out, "IQN: %s", volume.target().iqn());
        print(out, "LUN: %d", volume.target().lun());
        print(out, "Hacount: %d", volume.haCount());
        print(out, "Username: %s", volume.target().username());
        print(out, "Password: %s", volume.target().password());
        print(out, "Block Hosting Volume: %s", volume.hostingVolume());
    }

    static void blockVolumeLine(PrintWriter out, BlockVolumeInfo volume) {
        print(out, "Id:%-35s Cluster:%-35s Name:%s", volume.id(), volume.cluster(), volume.name());
    }

    static void node(PrintWriter out, NodeInfo node) {
        print(out, "Node Id: %s", node.id());
        print(out, "State: %s", state(node.state()));
        print(out, "Cluster Id: %s", node.cluster());
        print(out, "Zone: %d", node.zone());
        print(out, "Management Hostname: %s", first(node.hostnames().manage()));
        print(out, "Storage Hostname: %s", first(node.hostnames().storage()));
        tags(out, node.tags());
    }

    static void deviceLine(PrintWriter out, DeviceInfo device) {
        print(
                out,
                "Id:%-35sName:%-20sState:%-10sSize (GiB):%-8dUsed (GiB):%-8dFree (GiB):%-8dBricks:%-8d",
                device.id(),
                device.name(),
                state(device.state()),
                device.storage().totalKiB() / KIB_PER_GIB,
                device.storage().usedKiB() / KIB_PER_GIB,
                device.storage().freeKiB() / KIB_PER_GIB,
                device.bricks().size());
    }

    static void device(PrintWriter out, DeviceInfo device) {
        print(out, "Device Id: %s", device.id());
        print(out, "State: %s", state(device.state()));
        print(out, "Size (GiB): %d", device.storage().totalKiB() / KIB_PER_GIB);
        print(out, "Used (GiB): %d", device.storage().usedKiB() / KIB_PER_GIB);
        print(out, "Free (GiB): %d", device.storage().freeKiB() / KIB_PER_GIB);
        print(out, "Create Path: %s", device.name());
        print(out, "Physical Volume UUID: %s", device.pvUuid());
        print(out, "Known Paths: %s", String.join(" ", device.paths()));
        tags(out, device.tags());
        print(out, "Bricks:");
        for (BrickInfo brick : device.bricks()) {
            print(out, "Id:%-35sSize (GiB):%-8dPath: %s", brick.id(), brick.sizeKiB() / KIB_PER_GIB, brick.path());
        }
    }

    private static void tags(PrintWriter out, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            print(out, "Tags:");
            tags.forEach((name, value) -> print(out, "  %s: %s", name, value));
        }
    }

    static String state(String state) {
        return state.equals("failed") ? "removed" : state;
    }

    private static String first(List<String> names) {
        return names.isEmpty() ? "" : names.getFirst();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is not worth a dependency
    private static void print(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
