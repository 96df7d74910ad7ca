package bricklayer.tools;

import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import bricklayer.client.RequestRefused;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "device",
        description = "Devices: disks of nodes on which bricks are made.",
        subcommands = {
            DeviceCommand.Add.class,
            DeviceCommand.Info.class,
            Describe.OfDevice.class,
            DeviceCommand.Enable.class,
            DeviceCommand.Disable.class,
            DeviceCommand.Remove.class,
            DeviceCommand.Delete.class,
            DeviceCommand.Resync.class,
            DeviceCommand.TagsSet.class,
            DeviceCommand.TagsRemove.class
        })
final class DeviceCommand extends Group {

    @Command(name = "add", description = "Gives a disk of a node to the server. It must be empty.")
    static final class Add extends ClientCommand {

        @Option(names = "--name", required = true, paramLabel = "PATH", description = "Such as /dev/sdb.")
        private String name = "";

        @Option(names = "--node", required = true, paramLabel = "ID", description = "The node's id.")
        private String node = "";

        @Option(names = "--destroy-existing-data", description = "Wipe the disk if it is not empty.")
        private boolean destroy;

        @Mixin
        private final LookFirst lookFirst = new LookFirst();

        @Override
        void run(BricklayerClient client) {
            String id = names(client).node(node);
            lookFirst.atDevice(this, client, id);
            client.addDevice(new DeviceAddRequest(name, Map.of(), id, destroy));
            say("Device added successfully");
        }
    }

    @Command(name = "info", description = "Shows a device and its bricks.")
    static final class Info extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String id = "";

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            DeviceInfo info = client.device(names(client).device(id));
            show(output, info, () -> Texts.device(out(), info));
        }
    }

    @Command(name = "enable", description = "Lets new bricks go to a device.")
    static final class Enable extends StateChange {
        Enable() {
            super(Member.DEVICE, "online");
        }
    }

    @Command(name = "disable", description = "Keeps new bricks away from a device.")
    static final class Disable extends StateChange {
        Disable() {
            super(Member.DEVICE, "offline");
        }
    }

    @Command(name = "remove", description = "Moves all bricks of a disabled device elsewhere.")
    static final class Remove extends StateChange {

        @Mixin
        private final HealCheck healCheck = new HealCheck();

        Remove() {
            super(Member.DEVICE, "failed");
        }

        @Override
        String healCheck() {
            return healCheck.wanted(this);
        }
    }

    @Command(name = "settags", description = "Sets tags of a device.")
    static final class TagsSet extends SetTags {
        TagsSet() {
            super(Member.DEVICE);
        }
    }

    @Command(
            name = "rmtags",
            aliases = {"deltags", "removetags"},
            description = "Removes tags of a device.")
    static final class TagsRemove extends RemoveTags {
        TagsRemove() {
            super(Member.DEVICE);
        }
    }

    @Command(name = "delete", description = "Deletes a removed device.")
    static final class Delete extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String id = "";

        @Option(names = "--force-forget", description = "Forget it even if cleaning up on its node fails.")
        private boolean forget;

        @Override
        void run(BricklayerClient client) {
            String device = names(client).device(id);
            client.deleteDevice(device, new DeviceDeleteRequest(forget));
            say("Device %s deleted", device);
        }
    }

    @Command(name = "resync", description = "Looks how large a device is, and records it.")
    static final class Resync extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The device's id; with --cluster that of a cluster.")
        private String id = "";

        @Option(names = "--cluster", description = "All devices of a cluster.")
        private boolean cluster;

        @Override
        void run(BricklayerClient client) {
            if (cluster) {
                resyncAll(client);
                return;
            }
            String device = names(client).device(id);
            try {
                client.resyncDevice(device);
            } catch (BricklayerException e) {
                if (asHeketi()) {
                    // which says nothing, and ends with 0
                    return;
                }
                throw e;
            }
            say("Device %s updated", device);
        }

        private void resyncAll(BricklayerClient client) {
            String notice = "Resyncing all devices of cluster " + id;
            if (asHeketi()) {
                say("%s", notice);
            } else {
                note(notice);
            }
            int failed = 0;
            for (String node : client.cluster(id).nodes()) {
                for (DeviceInfo device : client.node(node).devices()) {
                    failed += resync(client, device.id(), node) ? 0 : 1;
                }
            }
            if (failed > 0 && !asHeketi()) {
                throw new CommandFailed(failed + " devices were not updated, see above");
            }
        }

        private boolean resync(BricklayerClient client, String device, String node) {
            boolean done = true;
            say("Now resyncing device %s..", device);
            try {
                client.resyncDevice(device);
            } catch (RequestRefused e) {
                note("Device " + device + " (node " + node + ") was not updated: " + e.text());
                done = false;
            }
            if (done || asHeketi()) {
                say("Device %s (node %s) in cluster %s updated", device, node, id);
            }
            return done;
        }

        private boolean asHeketi() {
            return root().surroundings().asHeketi();
        }
    }
}
