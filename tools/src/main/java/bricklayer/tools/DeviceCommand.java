package bricklayer.tools;

import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.StateRequest;
import bricklayer.client.BricklayerClient;
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
            DeviceCommand.Enable.class,
            DeviceCommand.Disable.class,
            DeviceCommand.Remove.class,
            DeviceCommand.Delete.class
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

        @Override
        void run(BricklayerClient client) {
            client.addDevice(new DeviceAddRequest(name, Map.of(), node, destroy));
            say("Device added successfully");
        }
    }

    @Command(name = "info", description = "Shows a device and its bricks.")
    static final class Info extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String id = "";

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            DeviceInfo info = client.device(id);
            if (json.wanted(this)) {
                printJson(info);
            } else {
                Texts.device(out(), info);
            }
        }
    }

    /** Puts a device into a state. */
    abstract static class StateChange extends ClientCommand {

        private final String state;
        private final String done;

        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String id = "";

        StateChange(String state, String done) {
            this.state = state;
            this.done = done;
        }

        @Override
        void run(BricklayerClient client) {
            client.setDeviceState(id, new StateRequest(state, ""));
            say("Device %s is now %s", id, done);
        }
    }

    @Command(name = "enable", description = "Lets new bricks go to a device.")
    static final class Enable extends StateChange {
        Enable() {
            super("online", "online");
        }
    }

    @Command(name = "disable", description = "Keeps new bricks away from a device.")
    static final class Disable extends StateChange {
        Disable() {
            super("offline", "offline");
        }
    }

    @Command(name = "remove", description = "Moves all bricks of a disabled device elsewhere.")
    static final class Remove extends StateChange {
        Remove() {
            super("failed", "removed");
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
            client.deleteDevice(id, new DeviceDeleteRequest(forget));
            say("Device %s deleted", id);
        }
    }
}
