package bricklayer.tools;

import bricklayer.api.Durability;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeList;
import bricklayer.client.BricklayerClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "volume",
        description = "Volumes.",
        subcommands = {
            VolumeCommand.Create.class,
            VolumeCommand.Info.class,
            VolumeCommand.Listing.class,
            VolumeCommand.Expand.class,
            VolumeCommand.Delete.class
        })
final class VolumeCommand extends Group {

    @Command(name = "create", description = "Creates a volume and starts it.")
    static final class Create extends ClientCommand {

        @Option(names = "--size", required = true, paramLabel = "GIB", description = "Size in GiB.")
        private long size;

        @Option(names = "--name", defaultValue = "", description = "Default: vol_ and its id.")
        private String name = "";

        @Option(
                names = "--durability",
                defaultValue = Durability.REPLICATE,
                paramLabel = "TYPE",
                description = "replicate, disperse or none; default replicate.")
        private String durability = "";

        @Option(names = "--replica", defaultValue = "3", paramLabel = "N", description = "Copies; default 3.")
        private int replica;

        @Option(
                names = "--disperse-data",
                defaultValue = "4",
                paramLabel = "N",
                description = "Data bricks of a dispersed volume; default 4.")
        private int data;

        @Option(
                names = "--redundancy",
                defaultValue = "2",
                paramLabel = "N",
                description = "Bricks of a dispersed volume that may fail; default 2.")
        private int redundancy;

        @Option(
                names = "--snapshot-factor",
                defaultValue = "1",
                paramLabel = "F",
                description = "Space for snapshots: 1.25 reserves a quarter more; default 1, none.")
        private float snapshotFactor;

        @Option(names = "--gid", defaultValue = "0", description = "Group that may write; default 0, nobody but root.")
        private long gid;

        @Option(
                names = "--clusters",
                split = ",",
                paramLabel = "ID",
                description = "Clusters to choose from; default all.")
        private List<String> clusters = new ArrayList<>();

        @Option(
                names = "--gluster-volume-options",
                split = ",",
                paramLabel = "OPTION VALUE",
                description = "Such as \"performance.io-cache off,user.heketi.arbiter true\".")
        private List<String> options = new ArrayList<>();

        @Option(names = "--block", description = "Make a volume that hosts block volumes.")
        private boolean block;

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            VolumeInfo created = client.createVolume(new VolumeCreateRequest(
                    size,
                    name,
                    clusters,
                    new Durability(
                            durability, new Durability.Replicate(replica), new Durability.Disperse(data, redundancy)),
                    gid,
                    options,
                    block,
                    snapshotFactor > 1 ? new Snapshot(true, snapshotFactor) : Snapshot.UNSAID));
            show(this, json, created);
        }
    }

    @Command(name = "info", description = "Shows a volume.")
    static final class Info extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The volume's id.")
        private String id = "";

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            show(this, json, client.volume(id));
        }
    }

    @Command(name = "list", description = "Lists the volumes.")
    static final class Listing extends ClientCommand {

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            List<String> ids = client.volumes();
            if (json.wanted(this)) {
                printJson(new VolumeList(ids));
                return;
            }
            for (String id : ids) {
                VolumeInfo volume = client.volume(id);
                say(
                        "Id:%-35s Cluster:%-35s Name:%s%s",
                        volume.id(), volume.cluster(), volume.name(), volume.block() ? " [block]" : "");
            }
        }
    }

    @Command(name = "expand", description = "Makes a volume larger.")
    static final class Expand extends ClientCommand {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Parameters(paramLabel = "ID", arity = "0..1", description = "The volume's id.")
        private @Nullable String id;

        @Option(names = "--volume", paramLabel = "ID", description = "The volume's id.")
        private @Nullable String volume;

        @Option(names = "--expand-size", required = true, paramLabel = "GIB", description = "How much to add, in GiB.")
        private long add;

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            String which = id == null ? volume : id;
            if (which == null) {
                throw new ParameterException(spec.commandLine(), "Missing volume id");
            }
            show(this, json, client.expandVolume(which, add));
        }
    }

    @Command(name = "delete", description = "Deletes a volume and its data.")
    static final class Delete extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The volume's id.")
        private String id = "";

        @Override
        void run(BricklayerClient client) {
            client.deleteVolume(id);
            say("Volume %s deleted", id);
        }
    }

    private static void show(ClientCommand command, Json json, VolumeInfo volume) {
        if (json.wanted(command)) {
            command.printJson(volume);
        } else {
            Texts.volume(command.out(), volume);
        }
    }
}
